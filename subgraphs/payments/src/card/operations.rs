//! Use cases of card payments, and the follow-up of their state at Stripe.

use std::{sync::Arc, time::Duration};

use contracts::{
    PaymentId, UserId,
    ledger::GroupLedger,
    roster::{Membership, Rosters, membership},
};
use kit::{
    Caller, Clock, Code, Outcome,
    journal::{IdempotencyKey, Journal},
    role::Resources,
    settings::{ExposeSecret, SecretString},
};
use money::Amount;
use reqwest::Url;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{
    ABANDONED_MS, Access, DISPUTABLE_MS, FORGOTTEN_MS, IntentCheck, MINUTE_MS, PENDING_MS, PayoutAccount, PayoutState,
    SETTLED_MS,
    fees::{Fees, total},
    store::CardStore,
    stripe::{Intent, Stripe},
    units,
    webhook::{Notice, Subject},
};
use crate::{
    config::Config,
    payment::{CardState, Dispute, NewCardPayment, Payment, Payments, Progress, Status},
    refusal::Refusal,
};

/// The interval between two looks for due checks that no webhook has announced, including those of crashed processes.
const POLL_INTERVAL: Duration = Duration::from_secs(2);

/// How long a process may take for one check, in milliseconds, before another one takes over.
const CLAIM_MS: i64 = MINUTE_MS;

/// A started card payment that its payer can now complete. Deliberately not `Debug`: the client secret allows paying
/// it.
pub(crate) struct StartedPayment {
    pub(crate) payment: Payment,
    pub(crate) client_secret: String,
    pub(crate) publishable_key: String,
    pub(crate) script_url: Url,
}

/// What a payment by card would cost its payer.
pub(crate) struct CardQuote {
    pub(crate) amount: Amount,
    pub(crate) fee: Amount,
    pub(crate) total: Amount,
    /// Whether no real money would move.
    pub(crate) is_test: bool,
}

/// The service for card payments.
pub(crate) struct Cards {
    store: CardStore,
    payments: Arc<Payments>,
    journal: Arc<Journal<GroupLedger>>,
    rosters: Arc<dyn Rosters>,
    clock: Clock,
    setup: Option<Setup>,
    app_url: Url,
    hurried: Notify,
}

/// The configuration of an installation with a Stripe account.
struct Setup {
    stripe: Stripe,
    publishable_key: String,
    script_url: Url,
    fees: Fees,
    webhook_secrets: Vec<SecretString>,
}

impl Setup {
    /// Returns `None` without keys.
    fn new(config: &Config) -> Outcome<Option<Self>> {
        let given = |secret: &Option<SecretString>| secret.clone().filter(|secret| !secret.expose_secret().is_empty());
        let publishable_key = config.stripe_publishable_key.clone().filter(|key| !key.is_empty());
        let (Some(key), Some(publishable_key)) = (given(&config.stripe_secret_key), publishable_key) else {
            return Ok(None);
        };
        let secrets = given(&config.stripe_webhook_secrets);
        let secrets = secrets.iter().flat_map(|secrets| secrets.expose_secret().split(','));
        Ok(Some(Self {
            stripe: Stripe::new(&key, &config.stripe_url)?,
            publishable_key,
            script_url: config.stripe_script_url.clone(),
            fees: Fees { basis_points: config.card_fee_basis_points, fixed: config.card_fee_fixed.clone() },
            webhook_secrets: secrets
                .map(str::trim)
                .filter(|secret| !secret.is_empty())
                .map(SecretString::from)
                .collect(),
        }))
    }
}

impl Cards {
    /// Creates the service; fails on inconsistent settings.
    pub(crate) fn new(
        resources: &Resources<Config, GroupLedger>,
        payments: Arc<Payments>,
        rosters: Arc<dyn Rosters>,
    ) -> Outcome<Self> {
        Ok(Self {
            store: CardStore::new(&resources.database),
            payments,
            journal: Arc::clone(&resources.journal),
            rosters,
            clock: resources.clock.clone(),
            setup: Setup::new(&resources.own)?,
            app_url: resources.own.app_url.clone(),
            hurried: Notify::new(),
        })
    }

    /// Creates the indexes.
    pub(crate) async fn prepare(&self) -> Outcome<()> {
        self.store.prepare().await
    }

    fn setup(&self) -> Outcome<&Setup> {
        Ok(self.setup.as_ref().ok_or(Refusal::NoCards)?)
    }

    /// Starts a card payment. A repeated request with the same key returns the same payment and client secret.
    pub(crate) async fn start(&self, caller: &Caller, key: &str, new: NewCardPayment) -> Outcome<StartedPayment> {
        let user = caller.user()?;
        let setup = self.setup()?;
        let group = membership(&*self.rosters, &caller.asker()?, user, new.group_id).await?;
        let id = PaymentId::new();
        let key = IdempotencyKey::new(user, "startCardPayment", key, &new, id.0)?;
        let destination = self.destination(&group, &new).await;
        let payment = if let Some(earlier) = self.journal.earlier_result(&key).await? {
            self.payments.recorded(PaymentId(earlier)).await?
        } else {
            destination.as_ref().map_err(Clone::clone)?;
            units(new.amount)?;
            let fee_minor = setup.fees.of(new.amount)?.minor;
            let now = self.clock.now();
            let payment = Payment::started(id, &new, &group, (now, caller.today(now)))?;
            let due_at = now.plus_ms(PENDING_MS);
            let check = IntentCheck { payment_id: id, intent_id: None, fee_minor, begun_at: now, due_at };
            self.payments.begin(caller, payment, key, self.store.insert(&check)?).await?
        };
        let check = self.store.check(payment.id).await?;
        let intent = match check.as_ref().and_then(|check| check.intent_id.as_deref()) {
            Some(intent) => setup.stripe.intent(intent).await?,
            None if payment.status != Status::Pending => return Err(Refusal::NotInThisState.into()),
            None => {
                let fee = Amount::new(check.map_or(0, |check| check.fee_minor), payment.amount.currency);
                self.create_intent(setup, &payment, fee, &destination?).await?
            }
        };
        let payment = self.payments.follow(payment.id, &intent.state).await?;
        let (client_secret, publishable_key) = (intent.client_secret, setup.publishable_key.clone());
        Ok(StartedPayment { payment, client_secret, publishable_key, script_url: setup.script_url.clone() })
    }

    /// Returns what a payment by card to another member would cost; `None` if it is not possible.
    pub(crate) async fn quote(&self, caller: &Caller, new: &NewCardPayment) -> Outcome<Option<CardQuote>> {
        let group = membership(&*self.rosters, &caller.asker()?, caller.user()?, new.group_id).await?;
        let Some(setup) = &self.setup else { return Ok(None) };
        let fee = match self.destination(&group, new).await.and_then(|_| Ok(setup.fees.of(new.amount)?)) {
            Ok(fee) => fee,
            Err(failure) if failure.is(Code::Validation) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let is_test = setup.publishable_key.starts_with("pk_test_");
        Ok(Some(CardQuote { amount: new.amount, fee, total: total(new.amount, fee)?, is_test }))
    }

    /// Returns the Connect account of the receiver; refuses a receiver who cannot be paid by card.
    async fn destination(&self, group: &Membership, new: &NewCardPayment) -> Outcome<String> {
        let receiver = group.roster.member(new.to).ok_or(Refusal::NotAMember { field: "input.toMemberId" })?;
        let user = receiver.user_id.ok_or(Refusal::CannotBePaidByCard)?;
        let account = self.store.account(user).await?.filter(|account| account.ready);
        Ok(account.ok_or(Refusal::CannotBePaidByCard)?.account_id)
    }

    /// Creates the intent outside of any transaction. The payment is the idempotency key, so that there is one intent,
    /// whatever fails in between.
    async fn create_intent(&self, setup: &Setup, payment: &Payment, fee: Amount, destination: &str) -> Outcome<Intent> {
        match setup.stripe.create_intent(payment, fee, destination).await {
            Ok(intent) => {
                self.store.set_intent(payment.id, &intent.id).await?;
                Ok(intent)
            }
            Err(failure) => {
                // Stripe would refuse a retry as well.
                if failure.is(Code::Validation) {
                    self.payments.follow(payment.id, &GIVEN_UP).await?;
                }
                Err(failure)
            }
        }
    }

    /// Returns the URL of Stripe's onboarding of the caller.
    pub(crate) async fn connect_payouts(&self, caller: &Caller) -> Outcome<String> {
        let user = caller.user()?;
        let setup = self.setup()?;
        let account_id = match self.store.account(user).await? {
            None => self.open_account(setup, user, None).await?,
            Some(account) => match setup.stripe.access(&account.account_id).await? {
                Access::Lost => self.open_account(setup, user, Some(&account.account_id)).await?,
                Access::Ready | Access::Incomplete => account.account_id,
            },
        };
        let mut back = self.app_url.clone();
        back.set_path("settings/pay-handles");
        setup.stripe.onboarding(&account_id, &back).await
    }

    /// Opens an account, in place of the one that its owner has taken away from this installation if there is one.
    async fn open_account(&self, setup: &Setup, user: UserId, lost: Option<&str>) -> Outcome<String> {
        let account_id = setup.stripe.create_account(user, lost).await?;
        let account = PayoutAccount { user_id: user, account_id, ready: false, due_at: None };
        match lost {
            None => self.store.insert_account(&account).await?,
            Some(lost) => self.store.replace_account(lost, &account).await?,
        }
        Ok(account.account_id)
    }

    /// Returns whether the caller can be paid by card; asks Stripe until the answer is yes.
    pub(crate) async fn payout_state(&self, caller: &Caller) -> Outcome<PayoutState> {
        let user = caller.user()?;
        let setup = self.setup()?;
        let Some(account) = self.store.account(user).await? else { return Ok(PayoutState::None) };
        if !account.ready {
            let ready = setup.stripe.access(&account.account_id).await? == Access::Ready;
            self.store.set_ready(&account, ready).await?;
            return Ok(if ready { PayoutState::Ready } else { PayoutState::Incomplete });
        }
        Ok(PayoutState::Ready)
    }

    /// Accepts a webhook; false if it is not from Stripe or no Stripe account is configured. Its object is checked
    /// asynchronously.
    pub(crate) async fn receive(&self, signature: &str, body: &[u8]) -> Outcome<bool> {
        let Some(setup) = &self.setup else { return Ok(false) };
        let now = self.clock.now();
        let Some(notice) = Notice::read(&setup.webhook_secrets, signature, body, now) else { return Ok(false) };
        if self.store.has_event(&notice.id).await? {
            return Ok(true);
        }
        match notice.subject() {
            Some(Subject::Intent(intent)) => self.store.hurry_intent(intent, now).await?,
            Some(Subject::Account(account)) => self.store.hurry_account(account, now).await?,
            None => {}
        }
        // Stored last, because a known event is ignored.
        self.store.keep_event(&notice.id, now).await?;
        self.hurried.notify_one();
        Ok(true)
    }

    /// Runs due checks until cancelled.
    pub(crate) async fn follow(&self, stop: &CancellationToken) {
        let Some(setup) = &self.setup else { return stop.cancelled().await };
        while !stop.is_cancelled() {
            match self.follow_next(setup).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(failure) => tracing::warn!(reason = failure.log_text(), "the check of a card payment failed"),
            }
            tokio::select! {
                () = self.hurried.notified() => {}
                () = tokio::time::sleep(POLL_INTERVAL) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Checks one payment or one account; false if none is due.
    async fn follow_next(&self, setup: &Setup) -> Outcome<bool> {
        let now = self.clock.now();
        if let Some(account) = self.store.claim_account(now, now.plus_ms(CLAIM_MS)).await? {
            let ready = setup.stripe.access(&account.account_id).await? == Access::Ready;
            self.store.set_ready(&account, ready).await?;
            return Ok(true);
        }
        let Some(check) = self.store.claim_check(now, now.plus_ms(CLAIM_MS)).await? else { return Ok(false) };
        let again = self.ask_about(setup, &check).await?;
        self.store.asked(&check, again.map(|after_ms| now.plus_ms(after_ms))).await?;
        Ok(true)
    }

    /// Updates a payment to its state at Stripe; returns the delay until the next check in milliseconds, if there is
    /// one.
    async fn ask_about(&self, setup: &Setup, check: &IntentCheck) -> Outcome<Option<i64>> {
        let age_ms = self.clock.now().since_ms(check.begun_at);
        let Some(intent) = &check.intent_id else {
            // Nobody has received the client secret, so nobody can pay the intent.
            if age_ms < FORGOTTEN_MS {
                return Ok(Some(PENDING_MS));
            }
            self.payments.follow(check.payment_id, &GIVEN_UP).await?;
            return Ok(None);
        };
        let mut intent = setup.stripe.intent(intent).await?;
        if intent.payment_id != Some(check.payment_id) {
            tracing::error!(payment = %check.payment_id, "a payment intent belongs to another payment");
            return Ok(None);
        }
        if intent.waits_for_payer && age_ms >= ABANDONED_MS {
            intent = setup.stripe.cancel(&intent.id).await?;
        }
        let payment = self.payments.follow(check.payment_id, &intent.state).await?;
        Ok(match payment.status {
            Status::Pending => Some(PENDING_MS),
            Status::Failed => None,
            _ => (age_ms < DISPUTABLE_MS).then_some(SETTLED_MS),
        })
    }
}

/// The state of a payment that nobody can complete any more.
const GIVEN_UP: CardState = CardState { progress: Progress::Canceled, returned_minor: 0, dispute: Dispute::None };
