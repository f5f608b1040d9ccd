"""The steps of moderators: reading, asking, deciding, passing on, publishing."""

from __future__ import annotations

from moderation import answering, screening, versions
from moderation.access import Person
from moderation.papers import read_paper
from moderation.sample.loading.scene import Scene, organisation_of
from moderation.sample.records import valued
from moderation.sample.stories import StepRecord
from moderation.screening import Checklist, Classification, Transfer
from moderation.versions import Texts
from moderation.workflow import Action, perform
from portal.models.case import PaperKind
from portal.vocabulary import DeclineReason, VersionReason


def claim(scene: Scene, _step: StepRecord) -> None:
    """Somebody takes the letter."""
    scene.reader = scene.moderator(Action.CLAIM)
    _perform(scene, Action.CLAIM, scene.reader)


def release(scene: Scene, _step: StepRecord) -> None:
    """The same person lets go of it."""
    _perform(scene, Action.RELEASE, scene.moderator(Action.RELEASE, scene.reader))


def ask(scene: Scene, step: StepRecord) -> None:
    """Ask the writer."""
    by = scene.moderator(Action.ASK, scene.reader)
    _classify(scene, by)
    screening.ask(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=by,
        question=scene.dated(step.text),
    )


def verify(scene: Scene, step: StepRecord) -> None:
    """Choose the member and say that the letter may be passed on."""
    by = scene.moderator(Action.ASK, scene.reader)
    _classify(scene, by)
    _match(scene, by, step.member or scene.story.subject)
    screening.verify(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=by,
        checklist=Checklist(
            readable=True,
            in_scope=True,
            masked=True,
            not_duplicate=True,
            right_member=True,
            guessable=scene.story.guessable,
        ),
    )


def decline(scene: Scene, step: StepRecord) -> None:
    """Say why it is not taken. Whoever is meant is chosen first, so that they do not see it."""
    by = scene.moderator(Action.ASK, scene.reader)
    _classify(scene, by)
    _match(scene, by, scene.story.subject)
    screening.decline(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=by,
        reason=valued(DeclineReason, step.reason),
        note=scene.dated(step.text),
    )


def confirm(scene: Scene, _step: StepRecord) -> None:
    """A second person agrees."""
    scene.second = scene.moderator(valued(Action, scene.case.proposal or ""))
    screening.confirm(
        scene.session, office=scene.office, keys=scene.keys, case=scene.case, by=scene.second
    )


def object_to(scene: Scene, step: StepRecord) -> None:
    """A second person does not agree."""
    screening.object_to(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.moderator(Action.OBJECT),
        reason=scene.dated(step.text),
    )


def refer(scene: Scene, step: StepRecord) -> None:
    """Point the writer to the competent authority."""
    by = scene.moderator(Action.REFER, scene.handler, scene.reader)
    if not scene.classified:
        _classify(scene, by)
        _match(scene, by, scene.story.subject)
    screening.refer(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=by,
        authority=step.to,
        note=scene.dated(step.text),
        transfer=_paper(scene, step),
    )


def reply(scene: Scene, step: StepRecord) -> None:
    """Write down what the authority has answered."""
    screening.record_reply(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.moderator(Action.RECORD_REPLY, scene.reader),
        text=scene.dated(step.text),
        transfer=_paper(scene, step),
    )


def route(scene: Scene, step: StepRecord) -> None:
    """Pass it on to where the rules send it, with the text that is shown there."""
    screening.route(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.moderator(Action.ROUTE, scene.second, scene.reader),
        organisation_id=organisation_of(scene, step),
        texts=_texts(scene, step),
    )
    scene.handler = None


def revise(scene: Scene, step: StepRecord) -> None:
    """Put other texts in the place of those that an organisation reads."""
    versions.revise(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.moderator(Action.REVISE, scene.reader),
        texts=_texts(scene, step),
    )


def publish(scene: Scene, step: StepRecord) -> None:
    """Give the writer the answer: the draft, unless the moderator wrote another."""
    report = read_paper(
        scene.session, keys=scene.keys, case_id=scene.case.id, kind=PaperKind.REPORT
    )
    draft = str(report["draft"]) if report else ""
    answering.publish(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.moderator(Action.PUBLISH, scene.reader),
        answer=scene.dated(step.text) or draft,
    )


def send_back(scene: Scene, step: StepRecord) -> None:
    """Ask the committee for more."""
    answering.send_back(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=scene.moderator(Action.SEND_BACK, scene.reader),
        reason=scene.dated(step.text),
    )


def _paper(scene: Scene, step: StepRecord) -> Transfer:
    """The paper of a step, dated on its day; none where the story names none."""
    return Transfer(step.reference, scene.office.today) if step.reference else Transfer()


def _texts(scene: Scene, step: StepRecord) -> Texts:
    """What is shown, and what may be put to the member: the same where the story says nothing."""
    guarded = versions.needs_paraphrase(scene.case)
    usual = VersionReason.GUESSABLE if guarded else VersionReason.CLEARER
    return Texts(
        shown=scene.dated(step.text),
        put=scene.dated(step.put or step.text),
        why=valued(VersionReason, step.code) if step.code else usual,
        note=scene.dated(step.note),
    )


def _classify(scene: Scene, by: Person) -> None:
    """Set kind, sentiment and topic, once."""
    if scene.classified:
        return
    scene.classified = True
    story = scene.story
    screening.classify(
        scene.session,
        office=scene.earlier(2 / 3),
        keys=scene.keys,
        case=scene.case,
        by=by,
        reading=Classification(
            kind=story.read_as,
            sentiment=story.sentiment,
            topic=story.topic,
            possible_denunciation=story.denunciation,
        ),
    )


def _match(scene: Scene, by: Person, member: str) -> None:
    """Choose the member who is meant, where there is one and it is not the one chosen before."""
    if not member or member == scene.chosen:
        return
    scene.chosen = member
    screening.choose_subject(
        scene.session,
        office=scene.earlier(1 / 3),
        keys=scene.keys,
        case=scene.case,
        by=by,
        member_id=scene.world.enrolled.members[member],
    )


def _perform(scene: Scene, action: Action, by: Person) -> None:
    """An action that needs nothing but a person."""
    perform(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        action=action,
        by=by,
    )
