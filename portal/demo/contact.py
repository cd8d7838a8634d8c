"""Whom the pages of a demo name as the operator's contact: invented, like everybody in it, and called a demo."""

CONTACT = {
    "operator_name": "Shokai (demo)",
    "operator_address": "〒100-0000 東京都千代田区架空町1-2-3",
    "operator_representative": "代表取締役 見本 花子",
    "operator_email": "help@shokai-staff.example.jp",
    "operator_telephone": "03-0000-0100",
}
