"""Sample agreement, first template and sample notices say what lawyers look for, and promise only what there is."""

import re

from portal.agreements.grounds import NOT_ASKED, NOT_DECISIVE, listed
from portal.agreements.templates import LANGUAGES, WANTED, first, fits, read
from portal.settings import PROJECT
from tests.each import for_each

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
ANTISOCIAL_EN = [
    "an organised crime group",
    "a member of one",
    "within the last five years",
    "an associate",
    "a company affiliated with one",
    "a corporate racketeer",
    "a group that pretends to a social cause",
    "a group of special intellectual crime",
    "the equivalent of any",
    "violence",
    "fraud",
    "threats",
    "obstruction of business",
    "or the equivalent, and",
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


@for_each(
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
        (
            "地位の譲渡の禁止および承継",
            "名称、住所、法人番号、国または代表者に変更があるときは、あらかじめ甲に通知する",
        ),
        ("地位の譲渡の禁止および承継", "甲がその内容を確認し記録するまで、開示は停止する"),
        ("損害賠償", "12か月間"),
        ("分離可能性", "引き続き効力を有する"),
        ("準拠法および裁判所", "東京地方裁判所または東京簡易裁判所"),
    ],
)
def test_it_has_each_clause(name: str, says: str) -> None:
    assert says in clause(name)


@for_each("name", ["30-days", "14-days", "selection"])
def test_each_companys_agreement_has_these_articles_whole_and_a_schedule_of_its_own(name: str) -> None:
    whole = (TEXTS / f"agreement-2026-{name}.txt").read_text(encoding="utf-8")
    assert whole.startswith(AGREEMENT.rstrip() + "\n\n別表\n")


# What each clause of the template says, in Japanese, the original, and in English.
TEMPLATE = [
    ("people", "他の者に使わせてはならず", "lets nobody else use their sign-in"),
    ("fair_selection", listed(NOT_ASKED, "ja") + "。", listed(NOT_ASKED, "en") + "."),
    ("fair_selection", listed(NOT_DECISIVE, "ja") + "。", listed(NOT_DECISIVE, "en") + "."),
    ("fair_selection", "質問し、調査し、記録し、または採用の可否の判断に用いてはならない", "ask the person about"),
    ("retention", "消去、訂正または回収", "delete, correct or recall"),
    ("kept_by_law", "労働基準法第109条および第143条", "Articles 109 and 143 of the Labour Standards Act"),
    ("abroad", "第28条に従って本人に情報提供したうえで、本人の同意を得た場合を除き", "under Article 28"),
    ("abroad", "欧州経済領域に在住する者その他一般データ保護規則の適用を受ける者", "European Economic Area"),
    ("abroad", "いかなる場合も日本国外に移転してはならない", "is never transferred out of Japan"),
    ("received", "第30条", "under Article 30"),
    ("security", "必要かつ適切な措置", "needed and fitting to prevent leakage"),
    ("processors", "再委託についても同様", "sub-processors"),
    ("audit", "監査を行うことができる", "audit with due notice"),
    ("confidentiality", "本契約の終了後も存続する", "outlives the agreement"),
    ("antisocial", "これらに準ずる者", "the equivalent of any"),
    ("antisocial", "将来にわたっても該当しない", "will not be in the future"),
    ("antisocial", "将来にわたっても行わない", "and will not in the future"),
    ("antisocial", "催告を要せず直ちに本契約を解除することができ", "terminate at once without notice"),
    (
        "succession",
        "名称、住所、法人番号、国または代表者",
        "name, address, corporate number, country or representative",
    ),
    ("succession", "記録するまで、開示は停止する", "confirmed and recorded it, disclosure is suspended"),
    ("succession", "新たな提供先に引き継がれない", "does not pass to a new recipient"),
    ("liability", "その損害を賠償する", "compensates the other party"),
    ("liability", "12か月間", "12 months before the damage"),
    ("severability", "引き続き効力を有する", "the rest remains in force"),
]


@for_each(("key", "ja", "en"), TEMPLATE)
def test_the_first_template_says_it_in_both_languages(key: str, ja: str, en: str) -> None:
    bodies = {of: {clause.key: clause.body for clause in read(first(of)).clauses} for of in LANGUAGES}
    assert ja in bodies["ja"][key]
    assert en in bodies["en"][key]


def test_s57_the_template_excludes_antisocial_forces_whole_in_both_languages() -> None:
    bodies = {of: {clause.key: clause.body for clause in read(first(of)).clauses}["antisocial"] for of in LANGUAGES}
    assert [word for word in ANTISOCIAL if word not in bodies["ja"]] == []
    assert [word for word in ANTISOCIAL_EN if word not in bodies["en"]] == []


@for_each("key", sorted({key for key, _ja, _en in TEMPLATE}))
def test_no_template_leaves_such_a_clause_out(key: str) -> None:
    texts = []
    for language in LANGUAGES:
        head, *clauses = first(language).split("\n## ")
        texts.append(read("\n## ".join([head, *(one for one in clauses if not one.startswith(f"{key} "))])))
    assert key in WANTED
    lacking = fits(*texts)
    assert lacking is not None
    assert lacking.values == {"keys": key}


@for_each("name", NOTICES)
def test_a_notice_says_what_it_must_and_promises_nothing_that_is_not_there(name: str) -> None:
    text, language = (TEXTS / name).read_text(encoding="utf-8"), name.split(".")[1]
    assert [said for said in SAID[language] if said not in text] == []
    assert [promise for promise in TOO_MUCH if promise in text] == []


@for_each("name", NOTICES)
def test_a_translation_has_the_points_of_its_original(name: str) -> None:
    def points(one: str) -> int:
        return len(re.findall(r"^(?:\d+\.|[၁-၉]။) ", (TEXTS / one).read_text(encoding="utf-8"), re.MULTILINE))

    assert points(name) == points(f"{name.split('.')[0]}.ja.txt")


# Controller, basis, recipients abroad, time, each right, complaint, refusal, automatic means, what stays lawful.
GDPR_13 = [
    ("個人データの管理者は、このサイトの運営者です", "the controller of your personal data is the operator"),
    ("第6条1項(b)", "Article 6(1)(b)"),
    ("明示の同意が根拠です", "the basis is your explicit consent"),
    ("採用選考（採用の可否の判断）と、雇用または不採用の連絡の二つだけ", "selection (to decide whether to hire you)"),
    ("この画面に名前が出ている、日本の中にある企業だけです", "only the company in Japan that is named on this screen"),
    ("日本の外には移しません", "Nothing is moved out of Japan"),
    ("この画面に示す期限", "ends on the date shown on this screen"),
    (
        "開示、訂正、消去、利用の制限、異議、データの移行",
        "access, correction, erasure, restriction, objection and portability",
    ),
    ("監督機関に申し立てる", "complain to the authority of the country where you live"),
    ("同意はいつでも撤回できます", "you can withdraw at any time"),
    ("適法性は変わりません", "what was shared lawfully before stays lawful"),
    ("この企業にあなたを紹介することはできません", "we cannot introduce you to this company"),
    ("自動処理だけで", "No decision is made by automatic means alone"),
]


@for_each(("ja", "en"), GDPR_13)
def test_the_eea_form_says_what_gdpr_13_asks_for(ja: str, en: str) -> None:
    assert ja in (TEXTS / "sharing-eea-2.ja.txt").read_text(encoding="utf-8")
    assert en in (TEXTS / "sharing-eea-2.en.txt").read_text(encoding="utf-8")
