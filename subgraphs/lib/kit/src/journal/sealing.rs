//! Seals the entries of a journal from before seals existed.

use contracts::ledger::LedgerState;
use futures::TryStreamExt;
use mongodb::bson::{RawDocumentBuf, doc};

use super::{Difference, Journal, Postings, verify::Unsealed};
use crate::failure::{Failure, Outcome};

impl<L: LedgerState> Journal<L> {
    /// Seals the entries without a seal if the hash chain is intact; their present content is taken as true. Returns
    /// how many there were, or the first difference.
    pub async fn seal(&self, postings: Postings<L>) -> Outcome<Result<u64, Difference>> {
        if let Err(difference) = self.verify_streams(postings, Unsealed::Accepted).await? {
            return Ok(Err(difference));
        }
        let mut unsealed = self.outbox.entries.find(doc! { "seal": null }).projection(doc! { "hash": 1 }).await?;
        let mut sealed = 0;
        while let Some(entry) = unsealed.try_next().await? {
            self.seal_entry(&entry).await?;
            sealed += 1;
        }
        Ok(Ok(sealed))
    }

    async fn seal_entry(&self, entry: &RawDocumentBuf) -> Outcome<()> {
        let (id, hash) = (entry.get_str("_id"), entry.get_str("hash"));
        let (id, hash) = (id.map_err(Failure::internal)?, hash.map_err(Failure::internal)?);
        let seal = doc! { "$set": { "seal": self.seal_key.seal(hash) } };
        self.outbox.entries.update_one(doc! { "_id": id, "hash": hash }, seal).await?;
        Ok(())
    }
}
