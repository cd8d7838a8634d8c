"""The texts of the undertaking, by version and language. Japanese is the original (S46).

Promise: a text is never changed once it was published; another wording is another version. `tests/agreements` holds
each to its digest. The database keeps its own copy, from which the page shows it and an acceptance names it.
"""

# ruff: noqa: E501 - a paragraph of a text is one line

from portal.agreements.grounds import NOT_ASKED, NOT_DECISIVE, listed

ORIGINAL = "ja"
TEXTS: dict[int, dict[str, str]] = {
    1: {
        "ja": f"""候補者の個人データの取扱いに関する誓約（第1版）

私は、会社が結んだ契約のもとで、次のことを誓約します。

1. 候補者の個人データは、採用の可否の判断と、雇用または不採用の連絡のためにのみ利用します。
2. 個人データを、社内外を問わず、選考に関わらない者に渡しません。
3. 次の事項は、質問せず、調べず、書き留めず、採用の可否の判断に用いません。{listed(NOT_ASKED, "ja")}。
4. 次の事項は、開示されている場合でも、採用の可否の判断、並べ替えおよび評価に用いません。{listed(NOT_DECISIVE, "ja")}。
5. 取得した書類は、契約に定める期間内に消去します。消去または訂正の求めがあったときは、直ちに従います。採用した人について法令が会社に保存を義務付けるものは、その義務が続く間に限り保存します。
6. 自分のサインイン情報は自分だけが使います。他の人に使わせず、他の人のものを使いません。
7. 自分が開いたもの、取得したもの、記録したことは、すべて自分の名前とともに記録されることを承知しています。
""",
        "en": f"""Undertaking on candidates' personal data (version 1)
This is a translation. The Japanese text is the original.

Under the agreement that my company signed, I undertake the following.

1. I use candidates' personal data only to decide whether to hire, and for contact about employment or non-acceptance.
2. I do not pass them on, inside or outside the company, to anyone who has no part in the decision.
3. I do not ask about, look into or note down any of the following, nor let it bear on a decision: {listed(NOT_ASKED, "en")}.
4. Even where one of the following is shown to me, I do not let it decide, order or score: {listed(NOT_DECISIVE, "en")}.
5. I delete what I downloaded within the time that the agreement gives. When I am told to delete or correct it, I do so at once. What the law obliges the company to keep of a person it hired is kept only while that duty lasts.
6. My sign-in is used by me alone. I let nobody else use it, and I use nobody else's.
7. I know that everything I open, download or record is recorded with my name.
""",
    },
}
