"""The newest sample agreement and notices say what lawyers look for (issue 9), and promise only what there is."""

import re

import pytest

from portal.agreements.grounds import NOT_ASKED, NOT_DECISIVE, listed
from portal.settings import PROJECT

TEXTS = PROJECT / "sample/texts"
AGREEMENT = (TEXTS / "agreement-2026.txt").read_text(encoding="utf-8")
# S57 whole: who, and what they do.
ANTISOCIAL = [
    "暴力団",
    "暴力団員",
    "暴力団員でなくなった時から5年を経過しない者",
    "暴力団準構成員",
    "暴力団関係企業",
    "総会屋等",
    "社会運動等標ぼうゴロ",
    "特殊知能暴力集団等",
    "準ずる者",
    "暴力的行為",
    "詐欺",
    "脅迫",
    "業務の妨害",
]
# Whom to ask; how to withdraw; how long; what refusing means; that copies are recalled and not undone.
SAID = {
    "ja": ("問い合わせ先", "郵便、電話またはメール", "少なくとも3年間", "同意しないとき", "消去するよう企業に求めます"),
    "en": ("foot of the first page", "by post, telephone or e-mail", "three years", "If you do not agree", "undone"),
    "vi": ("nơi liên hệ", "thư, điện thoại hoặc e-mail", "ít nhất ba năm", "Nếu bạn không đồng ý", "hủy bỏ"),
    "my": ("ဆက်သွယ်ရန်နေရာ", "စာတိုက်၊ ဖုန်း သို့မဟုတ် အီးမေးလ်", "သုံးနှစ်", "သဘောမတူပါက", "ပြန်ပြင်၍ မရပါ"),
}
TOO_MUCH = (
    "期限の前にお知らせ",
    "We will tell you beforehand",
    "báo trước",
    "ကြိုတင်အကြောင်းကြား",
    "You can see that record",
)
NOTICES = sorted(path.name for path in TEXTS.glob("sharing*.txt") if path.name != "sharing-1.ja.txt")


def clause(name: str) -> str:
    found = re.search(rf"^第\d+条（{name}）.*?(?=^第\d+条|\Z)", AGREEMENT, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[0]


def test_its_articles_are_numbered_one_after_the_other() -> None:
    numbers = [int(number) for number in re.findall(r"^第(\d+)条（", AGREEMENT, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_what_may_not_be_asked_and_may_not_decide_is_the_undertakings_list_whole() -> None:
    assert listed(NOT_ASKED, "ja") in clause("公正な選考")
    assert listed(NOT_DECISIVE, "ja") in clause("公正な選考")


def test_s57_antisocial_forces_are_excluded_whole_and_in_the_future() -> None:
    text = clause("反社会的勢力の排除")
    assert [word for word in ANTISOCIAL if word not in text] == []
    assert text.count("将来にわたっても") == 2
    assert "異議を述べない" in text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("利用者の特定", "他の者に使わせてはならず"),
        ("保管と消去", "労働基準法第109条および第143条"),
        ("国外への移転", "第28条"),
        (
            "国外への移転",
            "欧州経済領域に在住する者その他一般データ保護規則の適用を受ける者の個人データは、いかなる場合も",
        ),
        ("第三者提供を受ける際の確認", "第30条"),
        ("秘密保持", "終了後も存続"),
        ("安全管理措置", "必要かつ適切な措置"),
        ("再委託", "書面による承諾"),
        ("監査", "報告を求め"),
        ("地位の譲渡の禁止および承継", "新たな提供先に引き継がれない"),
        ("損害賠償", "12か月間"),
        ("分離可能性", "引き続き効力を有する"),
        ("準拠法および裁判所", "東京地方裁判所または東京簡易裁判所"),
    ],
)
def test_it_has_each_clause(name: str, says: str) -> None:
    assert says in clause(name)


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_says_what_it_must_and_promises_nothing_that_is_not_there(name: str) -> None:
    text, language = (TEXTS / name).read_text(encoding="utf-8"), name.split(".")[1]
    assert [said for said in SAID[language] if said not in text] == []
    assert [promise for promise in TOO_MUCH if promise in text] == []


@pytest.mark.parametrize("name", NOTICES)
def test_a_translation_has_the_points_of_its_original(name: str) -> None:
    def points(one: str) -> int:
        return len(re.findall(r"^(?:\d+\.|[၁-၉]။) ", (TEXTS / one).read_text(encoding="utf-8"), re.MULTILINE))

    assert points(name) == points(f"{name.split('.')[0]}.ja.txt")


@pytest.mark.parametrize(
    "said",
    [
        "管理者",
        "第6条1項(b)",
        "日本の外には移しません",
        "データの移行",
        "監督機関",
        "自動処理だけで",
        "適法性は変わりません",
    ],
)
def test_the_eea_form_says_what_gdpr_13_asks_for(said: str) -> None:
    assert said in (TEXTS / "sharing-eea-2.ja.txt").read_text(encoding="utf-8")
