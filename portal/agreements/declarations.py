"""The declaration against antisocial forces that a signatory gives, by version and language (S57). Japanese is the original.

Promise: a text is never changed once it was published; another wording is another version. A signature names the text
that was shown by its digest.
"""

# ruff: noqa: E501 - a paragraph of a text is one line

ORIGINAL = "ja"
TEXTS: dict[int, dict[str, str]] = {
    1: {
        "ja": """反社会的勢力の排除に関する表明および確約（第1版）

当社は、次のことを表明し、確約します。

1. 当社ならびに当社の役員および経営を実質的に支配する者は、現在、次のいずれにも該当せず、将来にわたっても該当しません。暴力団、暴力団員、暴力団員でなくなった時から5年を経過しない者、暴力団準構成員、暴力団関係企業、総会屋等、社会運動等標ぼうゴロ、特殊知能暴力集団等、その他これらに準ずる者。
2. 当社は、これらの者に資金を提供し、便宜を図り、またはその他の関与をせず、将来にわたってもしません。
3. 当社は、自らまたは第三者を利用して、暴力的な要求行為、法的な責任を超えた不当な要求行為、脅迫的な言動または暴力を用いる行為、風説を流布し、偽計または威力を用いて信用を毀損し、または業務を妨害する行為、その他これらに準ずる行為を行わず、将来にわたっても行いません。
4. この表明が事実に反し、または確約に違反したときは、催告を要せず直ちに契約を解除されても異議を述べず、これにより生じた損害の賠償を求めません。
""",
        "en": """Declaration against antisocial forces (version 1)
This is a translation. The Japanese text is the original.

My company declares and undertakes the following.

1. My company, its officers and those who in substance control its management are none of the following now, and will be none of them in future: an organised crime group, a member of one, somebody who left one less than five years ago, an associate member, a company connected with one, a corporate racketeer, a group that poses as a social or political movement to extort, a group of intellectual crime, or anybody equivalent to these.
2. My company gives such people no money, does them no favours and has no other dealings with them, and will have none in future.
3. My company does not, itself or through others, make violent demands, make unjust demands beyond what the law gives, use threats or violence, harm anybody's credit or business by rumour, fraud or force, or do anything equivalent, and will do none of it in future.
4. Should this declaration be untrue or this undertaking be broken, my company does not object when the agreement is ended at once and without notice, and claims no damages for that.
""",
    }
}
