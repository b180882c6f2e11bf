"""The CRM as one transaction sees it: one attribute per noun, over one connection, at one moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, SQLModel

from core.shop import Shop
from storage.appointments import Appointments
from storage.approvals import Approvals
from storage.articles import Articles
from storage.campaign_budgets import CampaignBudgets
from storage.churn_alerts import ChurnAlerts
from storage.churn_models import ChurnModels
from storage.claims import Claims
from storage.columns import METADATA
from storage.consents import Consents
from storage.conversations import Conversations
from storage.coupons import Coupons
from storage.crypto import Keys
from storage.digests import Digests
from storage.dms_events import DmsEvents
from storage.drafts import Drafts
from storage.driving import Drivings
from storage.erasures import Erasures
from storage.errands import Errands
from storage.events import INSERT_EVENT, Events
from storage.extra_items import ExtraItems
from storage.feedback import Feedbacks
from storage.figures import Figures
from storage.forgotten import Forgettings
from storage.freezes import Freezes
from storage.identities import Identities
from storage.imports import ImportBatch, Imports
from storage.late_cards import LateCards
from storage.leases import Leases
from storage.lines import Lines
from storage.links import Links
from storage.mass_members import MassMembers
from storage.media import Media
from storage.messages import Messages
from storage.moments import Moments
from storage.notice_offers import NoticeOffers
from storage.noun import Noun
from storage.opportunities import Opportunities
from storage.outbox import Outbox
from storage.owners import Owners
from storage.phone_codes import PhoneCodes
from storage.policies import Policies
from storage.predictions import Predictions
from storage.premises import CrmSession, Premises, PremisesCache
from storage.profile_questions import ProfileQuestions
from storage.progress import Progresses
from storage.questions import Questions
from storage.ratings import Ratings
from storage.recalls import Recalls
from storage.recommendations import Recommendations
from storage.referrals import Referrals
from storage.roster import Roster
from storage.routes import Routes
from storage.service_items import Services
from storage.signins import SignIns
from storage.sms_questions import SmsQuestions
from storage.staff import Staffs
from storage.statements import defaults_of, inserting, inserting_once, updating, values_of
from storage.steps import Steps
from storage.stores import Stores
from storage.subscribe_tokens import SubscribeTokens
from storage.surveys import Surveys
from storage.tags import Tags
from storage.tasks import Tasks
from storage.threads import Threads
from storage.tickets import Tickets
from storage.touched import TouchedOwners
from storage.vehicles import Vehicles
from storage.visits import Visits
from storage.wait_list import WaitList

__all__ = ["Crm", "ImportBatch"]
Row = TypeVar("Row", bound=SQLModel)
# Moved by verbs of their own, or made anew.
_KEEP_OWNER = {"identity", "late_card", "owner_figures", "owner_vehicle", "prediction", "tag", "touched"}


class Crm:
    """Everything the shop knows. Verbs write at once; the edge commits, once."""

    appointments = Noun(Appointments)
    approvals = Noun(Approvals)
    articles = Noun(Articles)
    campaign_budgets = Noun(CampaignBudgets)
    churn_alerts = Noun(ChurnAlerts)
    churn_models = Noun(ChurnModels)
    claims = Noun(Claims)
    consents = Noun(Consents)
    conversations = Noun(Conversations)
    coupons = Noun(Coupons)
    digests = Noun(Digests)
    dms_events = Noun(DmsEvents)
    drafts = Noun(Drafts)
    driving = Noun(Drivings)
    erasures = Noun(Erasures)
    errands = Noun(Errands)
    events = Noun(Events)
    extra_items = Noun(ExtraItems)
    feedback = Noun(Feedbacks)
    figures = Noun(Figures)
    freezes = Noun(Freezes)
    forgotten = Noun(Forgettings)
    identities = Noun(Identities)
    imports = Noun(Imports)
    late_cards = Noun(LateCards)
    lines = Noun(Lines)
    leases = Noun(Leases)
    links = Noun(Links)
    mass_members = Noun(MassMembers)
    media = Noun(Media)
    messages = Noun(Messages)
    moments = Noun(Moments)
    notice_offers = Noun(NoticeOffers)
    opportunities = Noun(Opportunities)
    outbox = Noun(Outbox)
    owners = Noun(Owners)
    phone_codes = Noun(PhoneCodes)
    predictions = Noun(Predictions)
    policies = Noun(Policies)
    profile_questions = Noun(ProfileQuestions)
    progress = Noun(Progresses)
    questions = Noun(Questions)
    ratings = Noun(Ratings)
    recalls = Noun(Recalls)
    recommendations = Noun(Recommendations)
    referrals = Noun(Referrals)
    roster = Noun(Roster)
    routes = Noun(Routes)
    services = Noun(Services)
    signins = Noun(SignIns)
    sms_questions = Noun(SmsQuestions)
    staff = Noun(Staffs)
    steps = Noun(Steps)
    stores = Noun(Stores)
    subscribe_tokens = Noun(SubscribeTokens)
    surveys = Noun(Surveys)
    tags = Noun(Tags)
    tasks = Noun(Tasks)
    threads = Noun(Threads)
    tickets = Noun(Tickets)
    touched = Noun(TouchedOwners)
    vehicles = Noun(Vehicles)
    visits = Noun(Visits)
    wait_list = Noun(WaitList)

    def __init__(
        self, connection: Connection, keys: Keys, shop: Shop, now: datetime, cache: PremisesCache | None = None
    ) -> None:
        self.connection = connection
        self.keys = keys
        self.shop = shop
        self.now = now
        self.is_sqlite = connection.dialect.name == "sqlite"
        self.actor = "system"
        self.channel = ""
        self.chain = ""  # what is sent because of this turn flies one after the other
        self.message_id: int | None = None  # the message that caused what happens now
        self.wakes_sender = False
        self.on_commit: list[Callable[[], None]] = []
        self._session: CrmSession | None = None
        self._events: list[dict[str, object]] = []
        self._cache = cache or PremisesCache()
        self._premises: Premises | None = None

    @property
    def session(self) -> Session:
        """An ORM session in this transaction, made only when somebody needs one. Verbs flush; nobody commits it.

        On SQLite one that fails must not roll back the changes of others that are committed with this one.
        """
        if self._session is None:
            self._session = CrmSession(
                self.connection,
                join_transaction_mode="create_savepoint" if self.is_sqlite else "rollback_only",
                autoflush=False,
                expire_on_commit=False,
            )
            self._session.crm = self
        return self._session

    @property
    def premises(self) -> Premises:
        """Stores, bays, services, technicians and holidays, as they stand in this transaction."""
        if self._premises is None:
            self._premises = self._cache.at_hand(self)
        return self._premises

    def forget_premises(self) -> None:
        self._premises = None

    def finish(self) -> None:
        """Write what is still in memory, and let the session go."""
        self.write_events()
        if self._session is not None:
            self._session.commit()  # of what it joined: the edge commits
            self._session.expunge_all()

    def insert(self, noun: type[SQLModel], **values: Any) -> int:
        """Write a new row that nobody needs to hold; its number."""
        number: int = inserting(noun).value(self.connection, **defaults_of(noun) | values)
        return number

    def insert_once(self, noun: type[SQLModel], **values: Any) -> int | None:
        """The same, unless a row with its unique key is there."""
        once = inserting_once(noun, self.is_sqlite)
        number: int | None = once.value(self.connection, **defaults_of(noun) | values)
        return number

    def update(self, noun: type[SQLModel], number: int, values: dict[str, Any]) -> None:
        """Write those columns of a row that the session does not hold."""
        if values:
            updating(noun, tuple(values)).run(self.connection, row_id=number, **values)

    def add(self, new: Row) -> Row:
        """Write a new row at once; it is numbered and can be changed like one that was read."""
        return self._kept(new, inserting(type(new)).value(self.connection, **values_of(new)))

    def add_once(self, new: Row) -> Row | None:
        """The same, unless a row with its unique key is there; of two transactions at once one gets it."""
        number = inserting_once(type(new), self.is_sqlite).value(self.connection, **values_of(new))
        return None if number is None else self._kept(new, number)

    def record(self, verb: str, noun: str, noun_id: int, *, owner_id: int | None = None, detail: str = "") -> None:
        """Keep what happened, with its moment, actor and cause."""
        event = {
            "at": self.now,
            "actor": self.actor,
            "channel": self.channel,
            "verb": verb,
            "noun": noun,
            "noun_id": noun_id,
            "owner_id": owner_id,
            "message_id": self.message_id,
            "detail": detail,
        }
        self._events.append(event)

    def write_events(self) -> None:
        """What happened is written in one go, at the end or when somebody asks for it."""
        if self._events:
            INSERT_EVENT.run_all(self.connection, self._events)
            self._events = []

    def _kept(self, new: Row, number: int) -> Row:
        set_committed_value(new, "id", number)
        make_transient_to_detached(new)
        self.session.add(new)
        return new

    def places(self, store_id: int | None, *, to_manager: bool = False, to_boss: bool = False) -> list[str]:
        """Where the staff of a store see their cards: "telegram:store:2", "wecom:store:2", "staff_web:store:2".

        A store with a WeCom group of the AI bot ("wecom_bot:store:2") needs no robot there.
        to_manager, to_boss: in their private chats where the bot may write to them, else in the group all the same.
        """
        store = self.stores.get(store_id) if store_id else None
        places = []
        if self.shop.telegram and (self.shop.telegram_staff_chat or (store and store.staff_chat)):
            heads = self.staff.bosses() if to_boss else self.staff.managers(store_id) if to_manager else []
            places += [f"telegram:member:{member.key}" for member in heads] or [f"telegram:store:{store_id or 0}"]
        if self.shop.wecom_bot and self.stores.wecom_group(store_id or 0):
            places.append(f"wecom_bot:store:{store_id or 0}")
        elif self.shop.robot_url or (store and store.robot_sealed):
            places.append(f"wecom:store:{store_id or 0}")
        if self.shop.staff_page:
            places.append(f"staff_web:store:{store_id or 0}")
        return places

    def after_commit_wake(self) -> None:
        """Something waits in the outbox: tell the sender once this is committed."""
        self.wakes_sender = True

    def tables_with_owner(self) -> list[Table]:
        """Every table whose rows belong to an owner."""
        return [t for t in METADATA.sorted_tables if "owner_id" in t.c and t.name not in _KEEP_OWNER]
