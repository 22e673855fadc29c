//! Use cases of the second step. They are not journalled: no other part of Quits depends on them.

use contracts::UserId;
use kit::{Clock, Failure, Outcome};

use super::{
    SecondFactor, Setup, authenticator, hashed, new_recovery_codes, new_secret, step_of, store::SecondFactorStore,
};
use crate::{account::Account, cipher::KeyCipher, refusal::Refusal};

/// The service for second factors.
pub(crate) struct SecondFactors {
    store: SecondFactorStore,
    cipher: KeyCipher,
    clock: Clock,
}

impl SecondFactors {
    pub(crate) fn new(store: SecondFactorStore, cipher: KeyCipher, clock: Clock) -> Self {
        Self { store, cipher, clock }
    }

    /// Creates a secret for the user's authenticator app; it counts once [`Self::enable`] has seen a code of it. Refused
    /// if a second step is enabled.
    pub(crate) async fn begin(&self, account: &Account) -> Outcome<Setup> {
        if self.is_enabled(account.id).await? {
            return Err(Refusal::SecondFactorIsOn.into());
        }
        let secret = new_secret().to_base32();
        let uri =
            authenticator(&secret, &account.email)?.to_url().map_err(|error| Failure::internal(error.to_string()))?;
        let factor = SecondFactor {
            user_id: account.id,
            secret: self.cipher.encrypt(&account.id.to_string(), &secret)?,
            enabled_at: None,
            used_step: 0,
            recovery_codes: Vec::new(),
        };
        self.store.put(&factor).await?;
        Ok(Setup { secret, uri })
    }

    /// Enables the second step if the code proves that the app has the secret; returns the recovery codes, which are
    /// not shown again.
    pub(crate) async fn enable(&self, account: &Account, code: &str) -> Outcome<Vec<String>> {
        let Some(mut factor) = self.store.of(account.id).await? else { return Err(Refusal::SecondFactorCode.into()) };
        if factor.enabled_at.is_some() {
            return Err(Refusal::SecondFactorIsOn.into());
        }
        let now = self.clock.now();
        let totp = authenticator(&self.secret_of(&factor)?, &account.email)?;
        factor.used_step = step_of(&totp, code, now).ok_or(Refusal::SecondFactorCode)?;
        let codes = new_recovery_codes();
        factor.recovery_codes = codes.iter().map(|code| hashed(code)).collect();
        if self.store.enable(&factor, now).await? { Ok(codes) } else { Err(Refusal::SecondFactorIsOn.into()) }
    }

    /// Whether sign-ins of this user need a second step.
    pub(crate) async fn is_enabled(&self, user: UserId) -> Outcome<bool> {
        Ok(self.store.of(user).await?.is_some_and(|factor| factor.enabled_at.is_some()))
    }

    /// Uses a code or a recovery code of the user up. Refuses wrong ones and those that were used.
    pub(crate) async fn use_code(&self, account: &Account, code: &str) -> Outcome<()> {
        let Some(factor) = self.store.of(account.id).await? else { return Err(Refusal::SecondFactorCode.into()) };
        let totp = authenticator(&self.secret_of(&factor)?, &account.email)?;
        let is_right = match step_of(&totp, code, self.clock.now()) {
            Some(step) => self.store.use_step(account.id, step).await?,
            None => self.store.use_recovery_code(account.id, &hashed(code)).await?,
        };
        if is_right { Ok(()) } else { Err(Refusal::SecondFactorCode.into()) }
    }

    /// Removes the second step of a user.
    pub(crate) async fn disable(&self, user: UserId) -> Outcome<()> {
        self.store.delete(user).await
    }

    fn secret_of(&self, factor: &SecondFactor) -> Outcome<String> {
        self.cipher.decrypt(&factor.user_id.to_string(), &factor.secret)
    }
}
