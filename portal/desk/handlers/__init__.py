"""The pages of compliance's desk, one file per page; and the one on which an employer certifies its accounts."""

from portal.desk.handlers import breach, certification, questions, reviews

routes = [*questions.routes, *breach.routes, *reviews.routes, *certification.routes]
