//! The client of Stripe's API.

use std::{collections::HashMap, time::Duration};

use contracts::{PaymentId, UserId};
use kit::{
    Failure, Outcome,
    failure::Internal,
    settings::{ExposeSecret, SecretString},
};
use money::{Amount, Currency};
use reqwest::Url;
use stripe::{Client, ClientBuilder, IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use stripe_connect::{
    account::{
        CreateAccount, CreateAccountCapabilities, CreateAccountCapabilitiesTransfers, CreateAccountController,
        CreateAccountControllerFees, CreateAccountControllerFeesPayer, CreateAccountControllerLosses,
        CreateAccountControllerLossesPayments, CreateAccountControllerStripeDashboard,
        CreateAccountControllerStripeDashboardType, RetrieveAccount,
    },
    account_link::{CreateAccountLink, CreateAccountLinkType},
};
use stripe_core::{
    dispute::ListDispute,
    payment_intent::{
        CancelPaymentIntent, CancelPaymentIntentCancellationReason, CreatePaymentIntent,
        CreatePaymentIntentAutomaticPaymentMethods, CreatePaymentIntentTransferData, RetrievePaymentIntent,
    },
};
use stripe_shared::{
    Account, AccountCapabilitiesStatus, AccountId, DisputeStatus, PaymentIntent, PaymentIntentId, PaymentIntentStatus,
};
use stripe_types::Expandable;

use super::{Access, fees::total, minor, units};
use crate::{
    payment::{CardState, Dispute, Payment, Progress},
    refusal::Refusal,
};

/// The timeout of one call.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The metadata field of an intent that holds the id of its payment.
const PAYMENT_ID: &str = "payment_id";

/// A client of Stripe.
pub(super) struct Stripe {
    client: Client,
}

/// The used fields of a payment intent. Deliberately not `Debug`: the client secret allows paying it.
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) client_secret: String,
    /// The payment that it was created for.
    pub(super) payment_id: Option<PaymentId>,
    /// The state of that payment.
    pub(super) state: CardState,
    /// Whether it is the payer's turn.
    pub(super) waits_for_payer: bool,
}

impl Stripe {
    /// Creates a client with the secret key of the installation's own account.
    pub(super) fn new(key: &SecretString, url: &Url) -> Outcome<Self> {
        // Stripe's client uses the process-wide TLS provider, which must be chosen because several are linked. An error
        // means that it is set already.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = ClientBuilder::new(key.expose_secret()).url(url.as_str()).timeout(TIMEOUT).build();
        Ok(Self { client: client.map_err(|_| Failure::internal("the settings of Stripe are invalid"))? })
    }

    /// Creates the intent of a payment to a Connect account; idempotent per payment.
    /// The payer pays the fee beside the amount, and this installation keeps it.
    pub(super) async fn create_intent(&self, payment: &Payment, fee: Amount, destination: &str) -> Outcome<Intent> {
        let code = payment.amount.currency.code().to_lowercase();
        let currency: stripe_types::Currency = code.parse().map_err(|_| Refusal::NotByCard)?;
        let mut create = CreatePaymentIntent::new(units(total(payment.amount, fee)?)?, currency)
            .automatic_payment_methods(CreatePaymentIntentAutomaticPaymentMethods::new(true))
            .metadata(HashMap::from([(PAYMENT_ID.to_owned(), payment.id.to_string())]))
            .transfer_data(CreatePaymentIntentTransferData::new(destination));
        if fee.minor > 0 {
            create = create.application_fee_amount(units(fee)?);
        }
        let intent = create.customize().request_strategy(once(&format!("payment/{}", payment.id))?);
        // A new intent has no charge, so nothing is disputed.
        Ok(read(&intent.send(&self.client).await.map_err(failure)?)?.0)
    }

    /// Fetches the present state of an intent.
    pub(super) async fn intent(&self, id: &str) -> Outcome<Intent> {
        let retrieve = RetrievePaymentIntent::new(PaymentIntentId::from(id)).expand(["latest_charge".to_owned()]);
        let (mut intent, disputed) = read(&retrieve.send(&self.client).await.map_err(failure)?)?;
        if let Some(currency) = disputed {
            self.add_disputes(&mut intent.state, &intent.id, currency).await?;
        }
        Ok(intent)
    }

    /// Cancels an intent, so that nobody can pay it any more; fails if it was paid in the meantime.
    pub(super) async fn cancel(&self, id: &str) -> Outcome<Intent> {
        let cancel = CancelPaymentIntent::new(PaymentIntentId::from(id))
            .cancellation_reason(CancelPaymentIntentCancellationReason::Abandoned);
        Ok(read(&cancel.send(&self.client).await.map_err(failure)?)?.0)
    }

    async fn add_disputes(&self, state: &mut CardState, intent: &str, currency: Currency) -> Outcome<()> {
        let disputes = ListDispute::new().payment_intent(intent).send(&self.client).await.map_err(failure)?;
        for dispute in disputes.data {
            match dispute.status {
                DisputeStatus::Lost => {
                    state.returned_minor = state.returned_minor.saturating_add(minor(dispute.amount, currency));
                }
                DisputeStatus::Won | DisputeStatus::WarningClosed | DisputeStatus::Prevented => {}
                _ => {
                    state.dispute = Dispute::Open;
                    continue;
                }
            }
            if state.dispute == Dispute::None {
                state.dispute = Dispute::Ended;
            }
        }
        Ok(())
    }

    /// Creates a person's Connect account with access to Stripe's Express dashboard, in place of one that was lost if
    /// there is one; idempotent. This installation bears fees and losses, as destination charges require.
    pub(super) async fn create_account(&self, user: UserId, lost: Option<&str>) -> Outcome<String> {
        let key = lost.map_or_else(|| format!("account/{user}"), |lost| format!("account/{user}/{lost}"));
        let mut controller = CreateAccountController::new();
        controller.fees =
            Some(CreateAccountControllerFees { payer: Some(CreateAccountControllerFeesPayer::Application) });
        controller.losses =
            Some(CreateAccountControllerLosses { payments: Some(CreateAccountControllerLossesPayments::Application) });
        controller.stripe_dashboard = Some(CreateAccountControllerStripeDashboard {
            type_: Some(CreateAccountControllerStripeDashboardType::Express),
        });
        let mut capabilities = CreateAccountCapabilities::new();
        capabilities.transfers = Some(CreateAccountCapabilitiesTransfers { requested: Some(true) });
        let account = CreateAccount::new()
            .controller(controller)
            .capabilities(capabilities)
            .customize()
            .request_strategy(once(&key)?)
            .send(&self.client)
            .await
            .map_err(failure)?;
        Ok(account.id.to_string())
    }

    /// Returns what this installation can do with an account.
    pub(super) async fn access(&self, account: &str) -> Outcome<Access> {
        match RetrieveAccount::new(AccountId::from(account)).send(&self.client).await {
            Ok(account) => Ok(if can_receive(&account) { Access::Ready } else { Access::Incomplete }),
            Err(StripeError::Stripe(_, 403 | 404)) => Ok(Access::Lost),
            Err(error) => Err(failure(error)),
        }
    }

    /// Returns the URL of Stripe's onboarding, which leads back to `back`.
    pub(super) async fn onboarding(&self, account: &str, back: &Url) -> Outcome<String> {
        let link = CreateAccountLink::new(account, CreateAccountLinkType::AccountOnboarding)
            .refresh_url(back.as_str())
            .return_url(back.as_str());
        Ok(link.send(&self.client).await.map_err(failure)?.url)
    }
}

/// Converts an intent; also returns the currency if its charge is disputed.
fn read(intent: &PaymentIntent) -> Outcome<(Intent, Option<Currency>)> {
    let progress = match intent.status {
        PaymentIntentStatus::Succeeded => Progress::Succeeded,
        PaymentIntentStatus::Canceled => Progress::Canceled,
        _ => Progress::Open,
    };
    let currency = Currency::from_code(&intent.currency.to_string().to_uppercase()).map_err(Failure::internal)?;
    let charge = match &intent.latest_charge {
        Some(Expandable::Object(charge)) => Some(charge),
        _ => None,
    };
    let returned_minor = charge.map_or(0, |charge| minor(charge.amount_refunded, currency));
    let read = Intent {
        id: intent.id.to_string(),
        client_secret: intent.client_secret.clone().unwrap_or_default(),
        payment_id: intent.metadata.get(PAYMENT_ID).and_then(|id| id.parse().ok()),
        state: CardState { progress, returned_minor, dispute: Dispute::None },
        waits_for_payer: matches!(
            intent.status,
            PaymentIntentStatus::RequiresPaymentMethod
                | PaymentIntentStatus::RequiresConfirmation
                | PaymentIntentStatus::RequiresAction
        ),
    };
    Ok((read, charge.filter(|charge| charge.disputed).map(|_| currency)))
}

fn can_receive(account: &Account) -> bool {
    let transfers = account.capabilities.as_ref().and_then(|capabilities| capabilities.transfers.as_ref());
    transfers == Some(&AccountCapabilitiesStatus::Active)
}

fn once(key: &str) -> Outcome<RequestStrategy> {
    Ok(RequestStrategy::Idempotent(IdempotencyKey::new(key).map_err(Failure::internal)?))
}

/// Converts what Stripe rejects to refusals, and everything else to internal failures, which may be transient. Stripe's
/// message is only logged.
fn failure(error: StripeError) -> Failure {
    match error {
        StripeError::Stripe(why, 400 | 402 | 404) => {
            tracing::warn!(code = ?why.code, message = ?why.message, "Stripe rejected a request");
            Refusal::NotByCard.into()
        }
        StripeError::Stripe(why, status) => Failure::Internal(Internal::Unavailable(format!(
            "Stripe answers {status}: {}",
            why.message.unwrap_or_default()
        ))),
        other => Failure::Internal(Internal::Unavailable(format!("Stripe: {other}"))),
    }
}
