"""The filters of the list."""

from django import forms

from peer.models import Candidate, Introduction, Opening

JAPANESE = [("", "すべて"), ("5", "N1"), ("4", "N2以上"), ("3", "N3以上"), ("2", "N4以上"), ("1", "N5以上")]


class SearchForm(forms.Form):
    name = forms.CharField(label="氏名またはコード", required=False, max_length=100)
    opening = forms.ChoiceField(label="求人", required=False)
    stage = forms.ChoiceField(label="段階", required=False, choices=[("", "すべての段階"), *Introduction.Stage.choices])
    japanese = forms.TypedChoiceField(label="日本語", required=False, choices=JAPANESE, coerce=int, empty_value=None)
    work = forms.ChoiceField(label="就労の可否", required=False, choices=[("", "すべて"), *Candidate.Work.choices])

    def __init__(self, data, company):
        super().__init__(data)
        openings = Opening.objects.filter(company=company).order_by("title").values_list("id", "title")
        self.fields["opening"].choices = [("", "すべての求人"), *openings]

    def narrowed(self, introductions):
        asked = self.cleaned_data
        if asked["name"]:
            introductions = introductions.filter(candidate__name__icontains=asked["name"])
        if asked["opening"]:
            introductions = introductions.filter(opening=asked["opening"])
        if asked["stage"]:
            introductions = introductions.filter(stage=asked["stage"])
        if asked["japanese"]:
            introductions = introductions.filter(candidate__japanese_rank__gte=asked["japanese"])
        if asked["work"]:
            introductions = introductions.filter(candidate__work=asked["work"])
        return introductions
