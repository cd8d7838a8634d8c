"""The pages on which staff find people and record what they say."""

from portal.people.handlers import consent, correction, find, law, look, person, said

routes = [
    *find.routes, *person.routes, *said.routes, *law.routes, *consent.routes, *look.routes, *correction.routes,
]  # fmt: skip
