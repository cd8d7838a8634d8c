"""The questions by which somebody checks that they understood the undertaking, by version. Japanese is the original.

Promise: a question is never changed once it was published; other questions are another version, with a migration of its
own. `tests/agreements` holds each version to its digest. The database keeps its own copy: the gate draws from it, judges
the answers, and tells the explanation only of an answer that was wrong. Each question is about a sentence of the
undertaking (`portal/agreements/undertakings.py`), and has one right choice, counted from 1.
"""

# ruff: noqa: E501 - a paragraph of a text is one line

from dataclasses import dataclass

ASKED = 3  # of each version, at a time
PUBLISHED_AT = "2026-11-29T00:00:00+09:00"


@dataclass(frozen=True, slots=True)
class Wording:
    """One question in one language, with its choices in the order that every language has."""

    question: str
    choices: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: which choice is right, and its words."""

    right: int
    ja: Wording
    en: Wording

    @property
    def wordings(self) -> dict[str, Wording]:
        """Its words by language."""
        return {"ja": self.ja, "en": self.en}


QUESTIONS: dict[int, tuple[Question, ...]] = {
    1: (
        Question(
            2,
            Wording(
                "候補者の個人データは、何のために利用できますか。",
                (
                    "自社の商品やサービスの案内を送るため",
                    "採用の可否の判断と、雇用または不採用の連絡のため",
                    "選考に関わらない社員研修の教材にするため",
                ),
                "利用目的は、採用の可否の判断と、雇用または不採用の連絡だけです（誓約1）。",
            ),
            Wording(
                "What may you use candidates' personal data for?",
                (
                    "To send news of our products and services",
                    "To decide whether to hire, and for contact about employment or non-acceptance",
                    "As material for training colleagues who have no part in the decision",
                ),
                "There are two purposes and no others: deciding whether to hire, and contact about employment or non-acceptance (point 1).",
            ),
        ),
        Question(
            3,
            Wording(
                "選考に関わっていない同じ会社の社員から、候補者の履歴書を見せてほしいと頼まれました。どうしますか。",
                ("同じ会社の社員なので渡す", "氏名を隠して渡す", "渡さない"),
                "社内であっても、選考に関わらない者には渡しません（誓約2）。氏名を隠しても同じです。",
            ),
            Wording(
                "A colleague of your company who has no part in the decision asks to see a candidate's resume. What do you do?",
                (
                    "Hand it over, because we work for the same company",
                    "Hide the name and hand it over",
                    "Not hand it over",
                ),
                "Personal data do not go to anyone who has no part in the decision, inside the company either (point 2). Hiding the name changes nothing.",
            ),
        ),
        Question(
            1,
            Wording(
                "グループ会社の採用担当者から、候補者を紹介してほしいと頼まれました。どうしますか。",
                ("候補者の個人データは渡さない", "グループ会社なので渡す", "候補者に後で知らせることにして渡す"),
                "選考に関わらない者には、社外にも渡しません（誓約2）。候補者が同意したのは、自分の会社への提供です。",
            ),
            Wording(
                "A recruiter of an affiliated company asks you to introduce a candidate to them. What do you do?",
                (
                    "Pass on no personal data",
                    "Pass them on, because it is an affiliated company",
                    "Pass them on, and tell the candidate later",
                ),
                "Nothing goes to anyone outside who has no part in the decision (point 2). The candidate agreed to be shared with your own company.",
            ),
        ),
        Question(
            2,
            Wording(
                "同じ採用チームの同僚がパスワードを忘れ、10分だけあなたのサインインを使わせてほしいと言っています。どうしますか。",
                (
                    "同じチームなので使わせる",
                    "使わせず、本人の新しいパスワードを設定するよう案内する",
                    "自分が隣で見ている間だけ使わせる",
                ),
                "サインイン情報は自分だけが使います（誓約6）。誰が見たかの記録が本人のものでなくなるためです。",
            ),
            Wording(
                "A colleague of the hiring team forgot her password and asks to use your sign-in for ten minutes. What do you do?",
                (
                    "Let her, because we are one team",
                    "Not let her, and show her how to choose a new password of her own",
                    "Let her while I sit beside her",
                ),
                "A sign-in is used by its owner alone (point 6). Otherwise the record of who saw what would name the wrong person.",
            ),
        ),
        Question(
            3,
            Wording(
                "面接で質問してよいものはどれですか。",
                ("家族の職業", "結婚や出産の予定", "応募した職務に必要な経験と技能"),
                "家族、婚姻、妊娠・出産などは質問しません（誓約3）。職務に必要な経験と技能は質問できます。",
            ),
            Wording(
                "Which of these may you ask about in an interview?",
                (
                    "The occupations of the family",
                    "Plans to marry or to have children",
                    "Experience and skills that the position needs",
                ),
                "Family, marriage, pregnancy and childbirth, among others, are not asked about (point 3). Experience and skills that the work needs are.",
            ),
        ),
        Question(
            1,
            Wording(
                "面接で、候補者が自分から信仰について話しました。どうしますか。",
                (
                    "書き留めず、採用の可否の判断に用いない",
                    "本人が話したことなので評価表に書く",
                    "詳しく質問して確かめる",
                ),
                "宗教は、質問せず、調べず、書き留めず、判断に用いません（誓約3）。本人が話した場合も同じです。",
            ),
            Wording(
                "In an interview a candidate speaks of their faith without being asked. What do you do?",
                (
                    "Not note it down, nor let it bear on the decision",
                    "Write it on the evaluation sheet, because they said it themselves",
                    "Ask more, to make sure",
                ),
                "Religion is not asked about, looked into or noted down, and bears on no decision (point 3), also when somebody speaks of it themselves.",
            ),
        ),
        Question(
            2,
            Wording(
                "候補者の国籍や年齢が開示されている場合、その情報をどう扱いますか。",
                (
                    "候補者を並べ替えるときだけ用いる",
                    "採用の可否の判断、並べ替え、評価のいずれにも用いない",
                    "ほかの条件が同じ候補者が並んだときだけ用いる",
                ),
                "国籍、年齢、生年月日、性別、写真は、開示されていても、判断、並べ替え、評価に用いません（誓約4）。",
            ),
            Wording(
                "A candidate's nationality or age is shown to you. How do you treat it?",
                (
                    "It may only put candidates in order",
                    "It neither decides nor orders nor scores",
                    "It may decide only between two who are equal otherwise",
                ),
                "Nationality, age, date of birth, gender and photo do not decide, order or score, even where they are shown (point 4).",
            ),
        ),
        Question(
            3,
            Wording(
                "取得した書類は、いつ消去しますか。",
                (
                    "会社の書類なので、消去しなくてよい",
                    "次の採用のときに見直せるよう、1年間は保存する",
                    "契約に定める期間内に消去し、消去の求めがあったときは直ちに消去する",
                ),
                "契約に定める期間内に消去し、消去または訂正の求めがあったときは直ちに従います（誓約5）。",
            ),
            Wording(
                "When do you delete the documents that you downloaded?",
                (
                    "Never, because they are the company's",
                    "After a year, so that they are at hand for the next opening",
                    "Within the time that the agreement gives, and at once when I am told to",
                ),
                "They are deleted within the time that the agreement gives, and at once when you are told to delete or correct them (point 5).",
            ),
        ),
        Question(
            1,
            Wording(
                "候補者を採用しました。法令が会社に保存を義務付ける書類は、いつまで保存しますか。",
                ("その義務が続く間に限り", "期限なく", "その人が退職するまで、必ず"),
                "法令が会社に保存を義務付けるものは、その義務が続く間に限り保存します（誓約5）。",
            ),
            Wording(
                "A candidate was hired. How long are papers kept that the law obliges the company to keep?",
                ("Only while that duty lasts", "Without limit", "Always until the person leaves the company"),
                "What the law obliges the company to keep of a person it hired is kept only while that duty lasts (point 5).",
            ),
        ),
        Question(
            2,
            Wording(
                "このポータルでのあなたの操作は、どのように記録されますか。",
                (
                    "書類を取得したときだけ記録される",
                    "開いたもの、取得したもの、記録したことのすべてが、自分の名前とともに記録される",
                    "会社の名前だけが記録され、個人の名前は記録されない",
                ),
                "開いたもの、取得したもの、記録したことは、すべて自分の名前とともに記録されます（誓約7）。",
            ),
            Wording(
                "What is recorded of what you do in this portal?",
                (
                    "Only that a document was downloaded",
                    "Everything I open, download or record, with my name",
                    "The company's name, and nobody's own",
                ),
                "Everything you open, download or record is recorded with your name (point 7).",
            ),
        ),
    ),
}
