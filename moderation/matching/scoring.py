"""How much speaks for a person: the name, the post, and all else, each with its reason. Pure.

It weighs and never decides: points order a list for a moderator.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from moderation.matching.evidence import STORY, Question, Sum, add_evidence
from moderation.matching.lookup import Known
from moderation.matching.naming import Fit, fit
from moderation.matching.posts import SAME_POST, PostFit, PostWords, post_fit

_NAME_IN_STORY: Final = 0.7
#: A name in the story counts beside a post from these points on.
_TOLD: Final = 40.0

#: Points of a post without a name: with its unit, and without one said.
_POST_HERE: Final = 74.0
_POST_SOMEWHERE: Final = 52.0
_POST_BEFORE: Final = 0.8
_OTHER_NAME: Final = 0.6
#: Points on top of a name.
_POST_TOO: Final = 16.0
_POST_TOO_ELSEWHERE: Final = 4.0
_NAME_TOO: Final = 6.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A person with points from 0 to 100 and the codes of why.

    ``agrees`` when the name or the post fits and nothing that was written speaks against it.
    """

    person: Known
    points: float
    reasons: tuple[str, ...]
    agrees: bool


def judge(person: Known, question: Question) -> Judged:
    """Weigh everything that was said against one person."""
    named = _named(person, question)
    post = best_post(person, question.post_words, question.today)
    total, agrees = _base(named, post, question)
    _add_post(total, named, post, person, question)
    _add_story_name(total, person, question)
    add_evidence(total, named, person, question)
    points = min(max(total.points, 0.0), 100.0)
    return Judged(person, round(points, 1), tuple(dict.fromkeys(total.reasons)), agrees)


def best_post(person: Known, said: PostWords, today: date) -> PostFit | None:
    """The post of a person that fits best what was said."""
    found = [each for held in person.posts if (each := post_fit(held, said, today))]
    return max(found, key=post_points, default=None)


def post_points(post: PostFit) -> float:
    """What a post is worth by itself; held before counts less, unless that was what was said."""
    if post.unit is False:
        return 0.0
    points = _POST_HERE if post.unit else _POST_SOMEWHERE
    return points * post.quality * (1.0 if post.current is not post.former else _POST_BEFORE)


def _named(person: Known, question: Question) -> Fit | None:
    """How the name fits the subject line, or the story when that is where names are."""
    found = fit(person.name, question.about, question.strange)
    if not question.story_names:
        return found
    told = fit(person.name, question.story)
    if told is None or (found is not None and found.points >= told.points * _NAME_IN_STORY):
        return found
    return Fit(
        told.points * _NAME_IN_STORY, (*told.reasons, "name_in_story"), told.agrees, told.place
    )


def _base(named: Fit | None, post: PostFit | None, question: Question) -> tuple[Sum, bool]:
    """What to start from: the name, or the post without a name."""
    by_post = post_points(post) if post else 0.0
    if named is None and question.about.strengths.named:
        by_post *= _OTHER_NAME
    if named is not None and named.points >= by_post:
        return Sum(named.points, list(named.reasons)), named.agrees
    if by_post == 0.0:
        return Sum(0.0, []), False
    agrees = post is not None and post.quality >= SAME_POST
    return Sum(by_post, list(named.reasons) if named else []), agrees


def _add_post(
    total: Sum, named: Fit | None, post: PostFit | None, person: Known, question: Question
) -> None:
    """Add the post, named beside a name or in the story."""
    weight = 1.0
    if post is None:
        post, weight = best_post(person, question.story_posts, question.today), STORY
    if post is None:
        return
    if named is not None and total.points == named.points:
        points = _POST_TOO_ELSEWHERE if post.unit is False else _POST_TOO
        total.add(points * post.quality * weight)
    if post.unit is not False:
        total.add(0.0, "post_matches" if post.current else "post_held_before")


def _add_story_name(total: Sum, person: Known, question: Question) -> None:
    """Add a little when the story names somebody whom the subject line only describes."""
    if total.points and not (question.story_names or question.about.strengths.named):
        told = fit(person.name, question.story)
        if told is not None and told.agrees and told.points >= _TOLD:
            total.add(_NAME_TOO, "name_in_story")
