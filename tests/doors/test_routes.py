"""Every address is listed here under who may use it, and what it does to everybody else."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.config import Settings
from portal.models import Account, Grant
from portal.vocabulary import Role
from tests.doors.conftest import Ask
from tests.moderation.conftest import StaffClient
from tests.moderation.ward import NOON, SINCE, WARD, Ward
from tests.pages import page_of
from wsgi import create_app

#: Who may use an address: everybody, whoever has given the password and nothing more, whoever is
#: signed in, or the holders of one role.
ANYBODY, HALFWAY, SIGNED_IN = "anybody", "halfway", "signed in"
MODERATOR, COMMITTEE = Role.MODERATOR.value, Role.COMMITTEE.value
#: The committee of a commission; a cell's does not search.
COMMISSION = "commission"
ADMINISTRATOR, AUDITOR = Role.ADMINISTRATOR.value, Role.AUDITOR.value
REGISTRAR = Role.REGISTRAR.value
CUSTODIAN = Role.CUSTODIAN.value
#: Several roles: who reads figures, and whoever sits on a committee or keeps the register.
FIGURES, KEEPER = "figures", "keeper"
ROLES_OF = {
    FIGURES: frozenset({MODERATOR, COMMITTEE, REGISTRAR}),
    KEEPER: frozenset({COMMITTEE, REGISTRAR}),
}

# fmt: off
BOTH = {
    "static":              ("GET",  "/static/N", ANYBODY),
    "health.alive":        ("GET",  "/healthz", ANYBODY),
    "health.ready":        ("GET",  "/readyz", ANYBODY),
}
PUBLIC = BOTH | {
    "home.index":          ("GET",  "/", ANYBODY),
    "home.exit":           ("GET",  "/thoat", ANYBODY),
    "about.guide":         ("GET",  "/huong-dan", ANYBODY),
    "about.privacy":       ("GET",  "/rieng-tu", ANYBODY),
    "about.petition":      ("GET",  "/mau-don", ANYBODY),
    "send.form":           ("GET",  "/gui-y-kien", ANYBODY),
    "send.post":           ("POST", "/gui-y-kien", ANYBODY),
    "public_answers.index": ("GET", "/so-lieu/tra-loi", ANYBODY),
    "track.form":          ("GET",  "/tra-cuu", ANYBODY),
    "track.post":          ("POST", "/tra-cuu", ANYBODY),
    "exchange.post":       ("POST", "/tra-cuu/doi-ma", ANYBODY),
    "kiosk.form":          ("GET",  "/may-dung-chung", ANYBODY),
    "kiosk.post":          ("POST", "/may-dung-chung", ANYBODY),
    "kiosk.done":          ("GET",  "/may-dung-chung/xong", ANYBODY),
    "files.with_receipt":  ("POST", "/gui-y-kien/tep", ANYBODY),
    "files.with_code":     ("POST", "/tra-cuu/tep", ANYBODY),
    "figures.index":       ("GET",  "/so-lieu", ANYBODY),
    "figures.show":        ("GET",  "/so-lieu/N", ANYBODY),
    "figures.show_place":  ("GET",  "/so-lieu/N/N", ANYBODY),
    "figures.table":       ("GET",  "/so-lieu.csv", ANYBODY),
    "figures.table_json":  ("GET",  "/so-lieu.json", ANYBODY),
    "figures.codes":       ("GET",  "/so-lieu/giai-thich", ANYBODY),
    "figures.codes_json":  ("GET",  "/so-lieu/giai-thich.json", ANYBODY),
    "log.index":           ("GET",  "/so-cai", ANYBODY),
    "log.index_json":      ("GET",  "/so-cai.json", ANYBODY),
    "log.head":            ("GET",  "/so-cai/N", ANYBODY),
    "log.head_json":       ("GET",  "/so-cai/N.json", ANYBODY),
    "log.compare":         ("GET",  "/so-cai/doi-chieu", ANYBODY),
    "log.compare_json":    ("GET",  "/so-cai/doi-chieu.json", ANYBODY),
    "log.program":         ("GET",  "/so-cai/verify_receipt.py", ANYBODY),
}
STAFF = BOTH | {
    "start":               ("GET",  "/", ANYBODY),
    "sign_in.form":        ("GET",  "/sign-in", ANYBODY),
    "sign_in.enter":       ("POST", "/sign-in", ANYBODY),
    "sign_in.leave":       ("POST", "/sign-out", ANYBODY),
    "second.form":             ("GET",  "/sign-in/second", HALFWAY),
    "second.enter":            ("POST", "/sign-in/second", HALFWAY),
    "second.enter_by_passkey": ("POST", "/sign-in/passkey", HALFWAY),
    "second.recovery":         ("GET",  "/sign-in/recovery", HALFWAY),
    "second.recover":          ("POST", "/sign-in/recovery", HALFWAY),
    "enrol.form":              ("GET",  "/sign-in/enrol", HALFWAY),
    "enrol.enter":             ("POST", "/sign-in/enrol", HALFWAY),
    "enrol.enter_by_passkey":  ("POST", "/sign-in/enrol/passkey", HALFWAY),
    "again.form":          ("GET",  "/sign-in/again", SIGNED_IN),
    "again.prove":         ("POST", "/sign-in/again", SIGNED_IN),
    "safety.index":           ("GET",  "/settings/security", SIGNED_IN),
    "safety.password":        ("GET",  "/settings/security/password", SIGNED_IN),
    "safety.change_password": ("POST", "/settings/security/password", SIGNED_IN),
    "safety.end_others":      ("POST", "/settings/security/sessions", SIGNED_IN),
    "safety.renew_recovery":  ("POST", "/settings/security/recovery", SIGNED_IN),
    "safety.rename":          ("POST", "/settings/security/factors/N/name", SIGNED_IN),
    "safety.remove":          ("POST", "/settings/security/factors/N/remove", SIGNED_IN),
    "adding.form":             ("GET",  "/settings/security/add", SIGNED_IN),
    "adding.enter":            ("POST", "/settings/security/add", SIGNED_IN),
    "adding.enter_by_passkey": ("POST", "/settings/security/add/passkey", SIGNED_IN),
    "settings.account":    ("GET",  "/settings/", SIGNED_IN),
    "settings.set_own_address": ("POST", "/settings/address", SIGNED_IN),
    "settings.components": ("GET",  "/settings/components", SIGNED_IN),
    "desk.index":          ("GET",  "/desk/", MODERATOR),
    "desk.narrow":         ("POST", "/desk/filter", MODERATOR),
    "desk_search.show":    ("GET",  "/desk/search", MODERATOR),
    "desk_search.ask":     ("POST", "/desk/search", MODERATOR),
    "entering.form":       ("GET",  "/enter/", MODERATOR),
    "entering.post":       ("POST", "/enter/", MODERATOR),
    "entering.scan":       ("POST", "/enter/scan", MODERATOR),
    "entering.given":      ("POST", "/enter/given", MODERATOR),
    "reading_out.form":    ("GET",  "/read-out/", MODERATOR),
    "reading_out.post":    ("POST", "/read-out/", MODERATOR),
    "public_answers_desk.index": ("GET", "/public-answers/", MODERATOR),
    "quarantine.index":         ("GET",  "/quarantine/", MODERATOR),
    "quarantine.show":          ("GET",  "/quarantine/N", MODERATOR),
    "quarantine.release":       ("POST", "/quarantine/N/release", MODERATOR),
    "quarantine.merge":         ("POST", "/quarantine/N/merge", MODERATOR),
    "quarantine.decline":       ("GET",  "/quarantine/N/decline", MODERATOR),
    "quarantine.decline_group": ("POST", "/quarantine/N/decline", MODERATOR),
    "quarantine.confirm":       ("POST", "/quarantine/N/confirm", MODERATOR),
    "quarantine.object_to":     ("POST", "/quarantine/N/object", MODERATOR),
    "bulk.index":            ("GET",  "/bulk/", MODERATOR),
    "bulk.preview":          ("GET",  "/bulk/new", MODERATOR),
    "bulk.order":            ("POST", "/bulk/new", MODERATOR),
    "bulk.show":             ("GET",  "/bulk/N", MODERATOR),
    "bulk.cancel":           ("POST", "/bulk/N/cancel", MODERATOR),
    "case.show":             ("GET",  "/case/N", MODERATOR),
    "case.claim":            ("POST", "/case/N/claim", MODERATOR),
    "case.release":          ("POST", "/case/N/release", MODERATOR),
    "case.find":             ("POST", "/case/N/find", MODERATOR),
    "case.classify":         ("POST", "/case/N/classify", MODERATOR),
    "case.choose":           ("POST", "/case/N/choose", MODERATOR),
    "case.ask":              ("GET",  "/case/N/ask", MODERATOR),
    "case.ask_writer":       ("POST", "/case/N/ask", MODERATOR),
    "case.verify":           ("POST", "/case/N/verify", MODERATOR),
    "case.confirm":          ("POST", "/case/N/confirm", MODERATOR),
    "case.objection":        ("GET",  "/case/N/object", MODERATOR),
    "case.object_to":        ("POST", "/case/N/object", MODERATOR),
    "case.writing":          ("GET",  "/case/N/write", MODERATOR),
    "case.write":            ("POST", "/case/N/write", MODERATOR),
    "case.remarking":        ("GET",  "/case/N/remark", MODERATOR),
    "case.remark":           ("POST", "/case/N/remark", MODERATOR),
    "case.handing":          ("GET",  "/case/N/hand-over", MODERATOR),
    "case.hand_over":        ("POST", "/case/N/hand-over", MODERATOR),
    "case.recusal":          ("GET",  "/case/N/stand-aside", MODERATOR),
    "case.recuse":           ("POST", "/case/N/stand-aside", MODERATOR),
    "case.decline":          ("GET",  "/case/N/decline", MODERATOR),
    "case.decline_case":     ("POST", "/case/N/decline", MODERATOR),
    "case.refer":            ("GET",  "/case/N/refer", MODERATOR),
    "case.refer_case":       ("POST", "/case/N/refer", MODERATOR),
    "case.added":            ("GET",  "/case/N/added", MODERATOR),
    "case.pass_added":       ("POST", "/case/N/added", MODERATOR),
    "case.reply":            ("GET",  "/case/N/reply", MODERATOR),
    "case.record_reply":     ("POST", "/case/N/reply", MODERATOR),
    "case.history":          ("GET",  "/case/N/versions", MODERATOR),
    "case.revising":         ("GET",  "/case/N/revise", MODERATOR),
    "case.revise_texts":     ("POST", "/case/N/revise", MODERATOR),
    "case.redact":           ("POST", "/case/N/redact", MODERATOR),
    "case.note_added":       ("POST", "/case/N/note-added", MODERATOR),
    "case.unmasking":        ("GET",  "/case/N/unmask", MODERATOR),
    "case.unmask_words":     ("POST", "/case/N/unmask", MODERATOR),
    "case.print_slip":       ("POST", "/case/N/slip", MODERATOR),
    "case.print_answer":     ("POST", "/case/N/answer-paper", MODERATOR),
    "case.download":         ("POST", "/case/N/file", MODERATOR),
    "case.releasing":        ("GET",  "/case/N/release-file", MODERATOR),
    "case.release_file":     ("POST", "/case/N/release-file", MODERATOR),
    "case.withhold_file":    ("POST", "/case/N/withhold-file", MODERATOR),
    "case.identity":         ("GET",  "/case/N/identity/N", MODERATOR),
    "case.ask_identity":     ("POST", "/case/N/identity/N", MODERATOR),
    "case.read_identity":    ("POST", "/case/N/identity/N/read", MODERATOR),
    "case.public_answer":         ("GET",  "/case/N/public-answer", MODERATOR),
    "case.write_public_answer":   ("POST", "/case/N/public-answer", MODERATOR),
    "case.confirm_public_answer": ("POST", "/case/N/public-answer/confirm", MODERATOR),
    "case.stop_public_answer":    ("POST", "/case/N/public-answer/stop", MODERATOR),
    "case.keep":             ("GET",  "/case/N/keep", MODERATOR),
    "case.keep_case":        ("POST", "/case/N/keep", MODERATOR),
    "case.hold_back":        ("GET",  "/case/N/hold-back", MODERATOR),
    "case.hold_case_back":   ("POST", "/case/N/hold-back", MODERATOR),
    "case.let_go":           ("GET",  "/case/N/let-go", MODERATOR),
    "case.let_case_go":      ("POST", "/case/N/let-go", MODERATOR),
    "case.alike":            ("GET",  "/case/N/alike", MODERATOR),
    "case.merge":            ("POST", "/case/N/merge", MODERATOR),
    "case.keep_apart":       ("POST", "/case/N/apart", MODERATOR),
    "case.split":            ("GET",  "/case/N/split", MODERATOR),
    "case.split_letter":     ("POST", "/case/N/split", MODERATOR),
    "case.letters":          ("GET",  "/case/N/letters", MODERATOR),
    "case.unmerging":        ("GET",  "/case/N/unmerge/N", MODERATOR),
    "case.unmerge":          ("POST", "/case/N/unmerge/N", MODERATOR),
    "case.route":            ("POST", "/case/N/route", MODERATOR),
    "case.publish":          ("POST", "/case/N/publish", MODERATOR),
    "case.send_back":        ("GET",  "/case/N/send-back", MODERATOR),
    "case.send_report_back": ("POST", "/case/N/send-back", MODERATOR),
    "case.review":           ("GET",  "/case/N/review", MODERATOR),
    "case.decide_review":    ("POST", "/case/N/review", MODERATOR),
    "committee.index":                 ("GET",  "/committee/", COMMITTEE),
    "committee.narrow":                ("POST", "/committee/filter", COMMITTEE),
    "committee_search.show":           ("GET",  "/committee/search", COMMISSION),
    "committee_search.ask":            ("POST", "/committee/search", COMMISSION),
    "committee_case.show":             ("GET",  "/committee/N", COMMITTEE),
    "committee_case.accept":           ("POST", "/committee/N/accept", COMMITTEE),
    "committee_case.follow_up":        ("POST", "/committee/N/follow-up", COMMITTEE),
    "committee_case.statement":        ("GET",  "/committee/N/statement", COMMITTEE),
    "committee_case.record_statement": ("POST", "/committee/N/statement", COMMITTEE),
    "committee_case.clearing":         ("GET",  "/committee/N/clear-name", COMMITTEE),
    "committee_case.clear_name":       ("POST", "/committee/N/clear-name", COMMITTEE),
    "committee_case.remarking":        ("GET",  "/committee/N/remark", COMMITTEE),
    "committee_case.remark":           ("POST", "/committee/N/remark", COMMITTEE),
    "committee_case.recusal":          ("GET",  "/committee/N/stand-aside", COMMITTEE),
    "committee_case.recuse":           ("POST", "/committee/N/stand-aside", COMMITTEE),
    "committee_case.report":           ("GET",  "/committee/N/report", COMMITTEE),
    "committee_case.send_report":      ("POST", "/committee/N/report", COMMITTEE),
    "committee_case.judge":            ("GET",  "/committee/N/publish", COMMITTEE),
    "committee_case.publish":          ("POST", "/committee/N/publish", COMMITTEE),
    "committee_case.confirm":          ("POST", "/committee/N/confirm", COMMITTEE),
    "committee_case.objection":        ("GET",  "/committee/N/object", COMMITTEE),
    "committee_case.object_to":        ("POST", "/committee/N/object", COMMITTEE),
    "committee_case.send_back":        ("GET",  "/committee/N/send-back", COMMITTEE),
    "committee_case.send_report_back": ("POST", "/committee/N/send-back", COMMITTEE),
    "committee_case.review":           ("GET",  "/committee/N/review", COMMITTEE),
    "committee_case.decide_review":    ("POST", "/committee/N/review", COMMITTEE),
    "committee_case.refer":            ("GET",  "/committee/N/refer", COMMITTEE),
    "committee_case.refer_case":       ("POST", "/committee/N/refer", COMMITTEE),
    "committee_case.print_answer":     ("POST", "/committee/N/answer-paper", COMMITTEE),
    "committee_case.download":         ("POST", "/committee/N/file", COMMITTEE),
    "committee_case.keeping":          ("GET",  "/committee/N/keep-file", COMMITTEE),
    "committee_case.keep":             ("POST", "/committee/N/keep-file", COMMITTEE),
    "committee_case.hold":             ("GET",  "/committee/N/hold", COMMITTEE),
    "committee_case.hold_case":        ("POST", "/committee/N/hold", COMMITTEE),
    "committee_case.resume_work":      ("POST", "/committee/N/resume-work", COMMITTEE),
    "committee_case.extend":           ("GET",  "/committee/N/extend", COMMITTEE),
    "committee_case.extend_case":      ("POST", "/committee/N/extend", COMMITTEE),
    "committee_case.taking_over":     ("GET",  "/committee/N/take-over", COMMITTEE),
    "committee_case.take_over":       ("POST", "/committee/N/take-over", COMMITTEE),
    "committee_case.give_back":        ("GET",  "/committee/N/return", COMMITTEE),
    "committee_case.give_case_back":   ("POST", "/committee/N/return", COMMITTEE),
    "reports.index":             ("GET",  "/reports/", FIGURES),
    "reports.show":              ("GET",  "/reports/N", FIGURES),
    "reports.behind":            ("GET",  "/reports/N/list", FIGURES),
    "reports.reported":          ("GET",  "/reports/reported/", FIGURES),
    "reports.fresh":             ("GET",  "/reports/reported/new", REGISTRAR),
    "reports.enter":             ("POST", "/reports/reported/new", REGISTRAR),
    "reports.one":               ("GET",  "/reports/reported/N", REGISTRAR),
    "reports.correct_one":       ("POST", "/reports/reported/N", REGISTRAR),
    "reports.strike_out":        ("POST", "/reports/reported/N/strike", REGISTRAR),
    "reports.take_xlsx":         ("POST", "/reports/N/xlsx", FIGURES),
    "reports.take_pdf":          ("POST", "/reports/N/pdf", FIGURES),
    "reports.take_csv":          ("POST", "/reports/N/csv", FIGURES),
    "absence_part.index":             ("GET",  "/committee/absences/", COMMITTEE),
    "absences.index":            ("GET",  "/register/absences/", KEEPER),
    "absences.form":             ("GET",  "/register/absences/new", KEEPER),
    "absences.propose":          ("POST", "/register/absences/new", KEEPER),
    "absences.show":             ("GET",  "/register/absences/N", KEEPER),
    "absences.grant":            ("POST", "/register/absences/N/grant", KEEPER),
    "absences.refuse":           ("POST", "/register/absences/N/refuse", KEEPER),
    "absences.withdraw":         ("POST", "/register/absences/N/withdraw", KEEPER),
    "absences.slip":             ("POST", "/register/absences/N/slip", KEEPER),
    "absences.come_back":        ("POST", "/register/absences/N/return", KEEPER),
    "transfers.index":           ("GET",  "/register/transfers/", KEEPER),
    "transfers.form":            ("GET",  "/register/transfers/new", KEEPER),
    "transfers.begin":           ("POST", "/register/transfers/new", KEEPER),
    "transfers.show":            ("GET",  "/register/transfers/N", KEEPER),
    "transfers.send":            ("POST", "/register/transfers/N/letter", KEEPER),
    "transfers.accept":          ("POST", "/register/transfers/N/accept", KEEPER),
    "transfers.leave":           ("POST", "/register/transfers/N/left", KEEPER),
    "transfers.come_back":       ("POST", "/register/transfers/N/return", KEEPER),
    "transfers.cancel":          ("POST", "/register/transfers/N/cancel", KEEPER),
    "reviews.index":             ("GET",  "/reviews/", COMMITTEE),
    "reviews.fresh":             ("GET",  "/reviews/new", COMMITTEE),
    "reviews.draft":             ("POST", "/reviews/new", COMMITTEE),
    "reviews.show":              ("GET",  "/reviews/N", COMMITTEE),
    "reviews.open_it":           ("POST", "/reviews/N/open", COMMITTEE),
    "reviews.drop":              ("POST", "/reviews/N/drop", COMMITTEE),
    "reviews.close":             ("POST", "/reviews/N/close", COMMITTEE),
    "reviews.part":              ("GET",  "/reviews/cells/N", COMMITTEE),
    "reviews.rest":              ("POST", "/reviews/cells/N/rest", COMMITTEE),
    "reviews.one":               ("GET",  "/reviews/cells/N/members/N", COMMITTEE),
    "reviews.keep":              ("POST", "/reviews/cells/N/members/N", COMMITTEE),
    "reviews.correcting":        ("GET",  "/reviews/cells/N/members/N/correct", COMMITTEE),
    "reviews.set_right":         ("POST", "/reviews/cells/N/members/N/correct", COMMITTEE),
    "reviews.signing":           ("GET",  "/reviews/cells/N/sign", COMMITTEE),
    "reviews.sign":              ("POST", "/reviews/cells/N/sign", COMMITTEE),
    "reviews.confirming":        ("GET",  "/reviews/cells/N/confirm", COMMITTEE),
    "reviews.confirm":           ("POST", "/reviews/cells/N/confirm", COMMITTEE),
    "reviews.sending_back":      ("GET",  "/reviews/cells/N/send-back", COMMITTEE),
    "reviews.send_back":         ("POST", "/reviews/cells/N/send-back", COMMITTEE),
    "bases.index":               ("GET",  "/settings/legal-bases", ADMINISTRATOR),
    "bases.fresh":               ("GET",  "/settings/legal-bases/new", ADMINISTRATOR),
    "bases.add":                 ("POST", "/settings/legal-bases/new", ADMINISTRATOR),
    "bases.one":                 ("GET",  "/settings/legal-bases/N", ADMINISTRATOR),
    "bases.change":              ("POST", "/settings/legal-bases/N", ADMINISTRATOR),
    "bases.verify":              ("POST", "/settings/legal-bases/N/verify", ADMINISTRATOR),
    "bases.drop":                ("POST", "/settings/legal-bases/N/drop", ADMINISTRATOR),
    "retention.index":           ("GET",  "/retention/", MODERATOR),
    "periods.index":             ("GET",  "/settings/retention", ADMINISTRATOR),
    "periods.change":            ("POST", "/settings/retention", ADMINISTRATOR),
    "targets.index":             ("GET",  "/settings/targets", ADMINISTRATOR),
    "targets.change":            ("POST", "/settings/targets", ADMINISTRATOR),
    "templates.index":           ("GET",  "/settings/templates", ADMINISTRATOR),
    "templates.new":             ("GET",  "/settings/templates/new", ADMINISTRATOR),
    "templates.add":             ("POST", "/settings/templates/new", ADMINISTRATOR),
    "templates.edit":            ("GET",  "/settings/templates/N", ADMINISTRATOR),
    "templates.change":          ("POST", "/settings/templates/N", ADMINISTRATOR),
    "templates.drop":            ("POST", "/settings/templates/N/drop", ADMINISTRATOR),
    "authorities.index":         ("GET",  "/settings/authorities", ADMINISTRATOR),
    "authorities.fresh":         ("GET",  "/settings/authorities/new", ADMINISTRATOR),
    "authorities.add":           ("POST", "/settings/authorities/new", ADMINISTRATOR),
    "authorities.one":           ("GET",  "/settings/authorities/N", ADMINISTRATOR),
    "authorities.change":        ("POST", "/settings/authorities/N", ADMINISTRATOR),
    "authorities.drop":          ("POST", "/settings/authorities/N/drop", ADMINISTRATOR),
    "words.index":               ("GET",  "/settings/words", ADMINISTRATOR),
    "words.add":                 ("POST", "/settings/words", ADMINISTRATOR),
    "words.forget":              ("POST", "/settings/words/forget", ADMINISTRATOR),
    "words.attempt":             ("POST", "/settings/words/try", ADMINISTRATOR),
    "posters.index":             ("GET",  "/posters/", SIGNED_IN),
    "posters.sheet":             ("GET",  "/posters/N", SIGNED_IN),
    "places.index":              ("GET",  "/settings/places", ADMINISTRATOR),
    "places.add":                ("POST", "/settings/places", ADMINISTRATOR),
    "places.drop":               ("POST", "/settings/places/N/drop", ADMINISTRATOR),
    "calendar.index":            ("GET",  "/settings/calendar", ADMINISTRATOR),
    "calendar.write":            ("POST", "/settings/calendar", ADMINISTRATOR),
    "calendar.day":              ("GET",  "/settings/calendar/days/N", ADMINISTRATOR),
    "calendar.remove":           ("POST", "/settings/calendar/days/N/remove", ADMINISTRATOR),
    "calendar.show":             ("GET",  "/settings/calendar/changes/N", ADMINISTRATOR),
    "calendar.confirm":          ("POST", "/settings/calendar/changes/N/confirm", ADMINISTRATOR),
    "calendar.discard":          ("POST", "/settings/calendar/changes/N/discard", ADMINISTRATOR),
    "calendar.importing":        ("GET",  "/settings/calendar/import", ADMINISTRATOR),
    "calendar.bring":            ("POST", "/settings/calendar/import", ADMINISTRATOR),
    "calendar.export":           ("GET",  "/settings/calendar/export", ADMINISTRATOR),
    "committee_case.reply":           ("GET",  "/committee/N/reply", COMMITTEE),
    "committee_case.record_reply":    ("POST", "/committee/N/reply", COMMITTEE),
    "committee_case.identity":        ("GET",  "/committee/N/identity/N", COMMITTEE),
    "committee_case.ask_identity":    ("POST", "/committee/N/identity/N", COMMITTEE),
    "committee_case.read_identity":   ("POST", "/committee/N/identity/N/read", COMMITTEE),
    "identity.index":            ("GET",  "/identity/", CUSTODIAN),
    "identity.key":              ("GET",  "/identity/key", CUSTODIAN),
    "identity.make_key":         ("POST", "/identity/key", CUSTODIAN),
    "identity.show":             ("GET",  "/identity/requests/N", CUSTODIAN),
    "identity.agree":            ("POST", "/identity/requests/N/agree", CUSTODIAN),
    "identity.refuse":           ("POST", "/identity/requests/N/refuse", CUSTODIAN),
    "identity.sitting":          ("GET",  "/identity/sitting", CUSTODIAN),
    "identity.hold_sitting":     ("POST", "/identity/sitting", CUSTODIAN),
    "running.index":             ("GET",  "/settings/portal", ADMINISTRATOR),
    "running.set_digest":        ("POST", "/settings/portal/digest", ADMINISTRATOR),
    "running.set_hours":         ("POST", "/settings/portal/hours", ADMINISTRATOR),
    "invitation.ask":            ("GET",  "/invitation", ANYBODY),
    "invitation.show":           ("POST", "/invitation", ANYBODY),
    "invitation.take_over":      ("POST", "/invitation/accept", ANYBODY),
    "register.index":            ("GET",  "/register/", REGISTRAR),
    "register.results":          ("GET",  "/register/results", REGISTRAR),
    "register.find":             ("POST", "/register/find", REGISTRAR),
    "register.organisation":     ("GET",  "/register/organisations/N", REGISTRAR),
    "register.entering":         ("GET",  "/register/organisations/N/members/new", REGISTRAR),
    "register.enter_member":     ("POST", "/register/organisations/N/members/new", REGISTRAR),
    "register.planning":         ("GET",  "/register/organisations/N/N", REGISTRAR),
    "register.carry_out":        ("POST", "/register/organisations/N/N", REGISTRAR),
    "register.member":           ("GET",  "/register/members/N", REGISTRAR),
    "register.asking":           ("GET",  "/register/members/N/N", REGISTRAR),
    "register.do":               ("POST", "/register/members/N/N", REGISTRAR),
    "register.asking_row":       ("GET",  "/register/members/N/N/N", REGISTRAR),
    "register.do_row":           ("POST", "/register/members/N/N/N", REGISTRAR),
    "accounts.index":            ("GET",  "/settings/accounts/", ADMINISTRATOR),
    "accounts.new":              ("GET",  "/settings/accounts/new", ADMINISTRATOR),
    "accounts.create":           ("POST", "/settings/accounts/new", ADMINISTRATOR),
    "accounts.address":          ("GET",  "/settings/accounts/N/address", ADMINISTRATOR),
    "accounts.change_address":   ("POST", "/settings/accounts/N/address", ADMINISTRATOR),
    "accounts.requests":         ("GET",  "/settings/accounts/requests", ADMINISTRATOR),
    "accounts.confirm_request":  ("POST", "/settings/accounts/requests/N/confirm", ADMINISTRATOR),
    "accounts.decline_request":  ("POST", "/settings/accounts/requests/N/decline", ADMINISTRATOR),
    "accounts.withdraw_request": ("POST", "/settings/accounts/requests/N/withdraw", ADMINISTRATOR),
    "accounts.show":             ("GET",  "/settings/accounts/N", ADMINISTRATOR),
    "accounts.renew":            ("POST", "/settings/accounts/N/link", ADMINISTRATOR),
    "accounts.role":             ("GET",  "/settings/accounts/N/role", ADMINISTRATOR),
    "accounts.give":             ("POST", "/settings/accounts/N/role", ADMINISTRATOR),
    "accounts.taking":           ("GET",  "/settings/accounts/N/roles/N", ADMINISTRATOR),
    "accounts.take":             ("POST", "/settings/accounts/N/roles/N", ADMINISTRATOR),
    "accounts.naming":           ("GET",  "/settings/accounts/N/member", ADMINISTRATOR),
    "accounts.name":             ("POST", "/settings/accounts/N/member", ADMINISTRATOR),
    "accounts.tying":            ("GET",  "/settings/accounts/N/tie", ADMINISTRATOR),
    "accounts.tie":              ("POST", "/settings/accounts/N/tie", ADMINISTRATOR),
    "accounts.untying":          ("GET",  "/settings/accounts/N/ties/N", ADMINISTRATOR),
    "accounts.untie":            ("POST", "/settings/accounts/N/ties/N", ADMINISTRATOR),
    "accounts.resetting":        ("GET",  "/settings/accounts/N/reset", ADMINISTRATOR),
    "accounts.reset":            ("POST", "/settings/accounts/N/reset", ADMINISTRATOR),
    "accounts.sign_out":         ("POST", "/settings/accounts/N/sessions", ADMINISTRATOR),
    "accounts.ending":           ("GET",  "/settings/accounts/N/end", ADMINISTRATOR),
    "accounts.end":              ("POST", "/settings/accounts/N/end", ADMINISTRATOR),
    "journal.index":             ("GET",  "/journal/", AUDITOR),
    "journal.export":            ("POST", "/journal/export", AUDITOR),
    "exporting.index":           ("GET",  "/register/export/", REGISTRAR),
    "exporting.hand_out":        ("POST", "/register/export/", REGISTRAR),
    "importing.index":           ("GET",  "/register/import/", REGISTRAR),
    "importing.bring":           ("POST", "/register/import/", REGISTRAR),
    "importing.example":         ("GET",  "/register/import/example/N.csv", REGISTRAR),
    "importing.show":            ("GET",  "/register/import/N", REGISTRAR),
    "importing.choose_sheet":    ("POST", "/register/import/N/sheet", REGISTRAR),
    "importing.choose_columns":  ("POST", "/register/import/N/columns", REGISTRAR),
    "importing.go_back":         ("POST", "/register/import/N/back", REGISTRAR),
    "importing.confirm":         ("POST", "/register/import/N/confirm", REGISTRAR),
    "importing.discard":         ("POST", "/register/import/N/discard", REGISTRAR),
}
# fmt: on
#: Who holds each role in the ward, and nothing else.
HOLDERS = {
    MODERATOR: "hoa",
    COMMITTEE: "thanh",
    AUDITOR: "auditor",
    **{role.value: role.value for role in (Role.CUSTODIAN, Role.REGISTRAR, Role.ADMINISTRATOR)},
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NOWHERE = "/there-is-no-such-page"
ARGUMENT = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Door:
    """One address of the staff room."""

    endpoint: str
    method: str
    rule: str
    access: str

    def at(self, number: int | str) -> str:
        """The address with this in place of every argument."""
        return self.rule.replace("N", str(number))


DOORS = [Door(endpoint, *row) for endpoint, row in STAFF.items()]
GUARDED = [door for door in DOORS if door.access not in {ANYBODY, HALFWAY}]
MUTATING = [door for door in DOORS if door.method == "POST"]


@pytest.fixture
def holders(ward: Ward) -> dict[str, str]:
    """A login for every role; those that the ward has nobody for are added to it."""
    with ward.database.writing() as session:
        for role in (Role.CUSTODIAN, Role.REGISTRAR, Role.ADMINISTRATOR):
            _enrol(session, ward, role)
    return HOLDERS


def _enrol(session: Session, ward: Ward, role: Role) -> None:
    account = Account(login=role.value, name=role.value, password_hash="", created_at=NOON)
    session.add(account)
    session.flush()
    session.add(Grant(account_id=account.id, role=role, organisation_id=WARD, valid_from=SINCE))
    ward.accounts[role.value] = account.id


def listed(rows: dict[str, tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Endpoint, method and rule of every row."""
    return {(endpoint, method, rule) for endpoint, (method, rule, _access) in rows.items()}


def found(app: Flask) -> set[tuple[str, str, str]]:
    """The same of every address of an app."""
    return {
        (rule.endpoint, method, ARGUMENT.sub("N", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def contents(ward: Ward) -> dict[str, str]:
    """A hash of every table."""
    with closing(sqlite3.connect(ward.database.engine.url.database or "")) as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        return {name: _hash(raw.execute(f'SELECT * FROM "{name}"')) for name in names}  # noqa: S608


def _hash(rows: Iterable[object]) -> str:
    return hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()


def test_every_address_of_the_public_room_is_listed(public_app: Flask) -> None:
    assert found(public_app) == listed(PUBLIC)


def test_every_address_of_the_staff_room_is_listed(staff_app: Flask) -> None:
    assert found(staff_app) == listed(STAFF)


def test_both_rooms_together_have_no_other_address(staff_app: Flask) -> None:
    settings: Settings = staff_app.extensions["portal"].settings
    app = create_app(settings)
    assert found(app) == listed(PUBLIC) | (listed(STAFF) - {("start", "GET", "/")})
    app.extensions["portal"].database.engine.dispose()


def test_whoever_is_signed_out_is_asked_to_sign_in(ward: Ward, staff_client: StaffClient) -> None:
    browser = staff_client()
    token = page_of(browser.get("/sign-in")).fields["csrf_token"]
    before = contents(ward)
    for door in GUARDED:
        path = door.at(1)
        answer = browser.open(
            path, method=door.method, data={"csrf_token": token, "words": "x" * 30}
        )
        if door.method == "GET":
            assert answer.status_code == 302, door
            assert answer.headers["Location"].startswith("/sign-in?next=/"), door
        else:
            assert answer.status_code == 400, door
            assert "x" * 30 in answer.text, door
    assert contents(ward) == before


@pytest.mark.parametrize("role", HOLDERS)
def test_a_page_of_another_role_is_a_page_that_is_not_there(
    role: str, ward: Ward, holders: dict[str, str], staff_client: StaffClient, ask: Ask
) -> None:
    browser = staff_client(holders[role])
    token = page_of(browser.get("/settings/")).fields["csrf_token"]
    fields = {"csrf_token": token}
    nowhere = ask(browser, "GET", NOWHERE)
    before = contents(ward)
    for door in GUARDED:
        if door.access in {SIGNED_IN, role} or role in ROLES_OF.get(door.access, ()):
            continue
        answer = ask(browser, door.method, door.at(1), fields if door.method == "POST" else None)
        assert (answer.status, answer.body) == (404, nowhere.body), door
        assert dict(answer.headers) == dict(nowhere.headers), door
    assert contents(ward) == before


@pytest.mark.parametrize("role", HOLDERS)
def test_nothing_is_changed_without_the_token_of_the_page(
    role: str, ward: Ward, holders: dict[str, str], staff_client: StaffClient
) -> None:
    browser = staff_client(holders[role])
    browser.get("/settings/")
    before = contents(ward)
    for door in MUTATING:
        for fields in ({}, {"csrf_token": "forged"}):
            answer = browser.post(door.at(1), data=fields)
            assert answer.status_code == 400, door
    assert contents(ward) == before


def test_a_resident_changes_nothing_without_the_token_of_the_page(
    public_client: FlaskClient,
) -> None:
    for method, path, _access in PUBLIC.values():
        if method == "POST":
            assert public_client.post(path).status_code == 400
            assert public_client.post(path, data={"csrf_token": "forged"}).status_code == 400


def test_an_address_takes_no_other_method(
    public_client: FlaskClient, staff_client: StaffClient
) -> None:
    for browser, rows in ((public_client, PUBLIC), (staff_client("hoa"), STAFF)):
        allowed: dict[str, set[str]] = {}
        for method, rule, _access in rows.values():
            allowed.setdefault(rule.replace("N", "1"), set()).add(method)
        for path, methods in allowed.items():
            for method in METHODS:
                if method not in methods:
                    answer = browser.open(path, method=method)
                    assert answer.status_code == 405, (method, path)
                    assert set(methods) <= set(answer.headers["Allow"].split(", ")), path


@pytest.mark.parametrize("role", HOLDERS)
def test_no_page_that_is_only_looked_at_changes_the_database(
    role: str, ward: Ward, holders: dict[str, str], staff_client: StaffClient, ask: Ask
) -> None:
    browser = staff_client(holders[role])
    before = contents(ward)
    for door in DOORS:
        if door.method == "GET" and door.endpoint != "static":
            answer = ask(browser, "GET", door.at(1))
            assert answer.status in {200, 302, 404, 503}, door
    assert contents(ward) == before


def test_the_roles_of_the_ward_are_what_the_table_says(ward: Ward, holders: dict[str, str]) -> None:
    assert set(holders) == {role.value for role in Role}
    with ward.database.reading() as session:
        for role, login in holders.items():
            held = session.scalars(
                select(Grant.role).where(Grant.account_id == ward.accounts[login])
            ).all()
            assert [one.value for one in held] == [role]
