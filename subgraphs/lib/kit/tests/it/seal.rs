//! The seals of the journal: what somebody with the database, but without the key, can do to past entries.

use futures::TryStreamExt;
use kit::{digest, journal::Difference};
use mongodb::bson::{Document, RawDocumentBuf, cstr, doc};
use uuid::Uuid;

use crate::notebook::{Notebook, postings};

impl Notebook {
    /// A notebook with three entries of one stream, of 1, 2 and 3 cents.
    async fn written() -> (Self, Uuid) {
        let (notebook, stream) = (Self::open().await, Uuid::now_v7());
        for number in 1..=3 {
            notebook.commit(Self::change(stream, &number.to_string(), Some(number))).await;
        }
        assert_eq!(notebook.verified().await, Ok(3));
        (notebook, stream)
    }

    async fn verified(&self) -> Result<u64, Difference> {
        self.journal.verify(postings).await.unwrap()
    }

    async fn flaw(&self) -> String {
        self.verified().await.unwrap_err().what
    }

    async fn entries(&self) -> Vec<RawDocumentBuf> {
        let entries = self.database.collection::<RawDocumentBuf>("journal");
        entries.find(doc! {}).sort(doc! { "version": 1 }).await.unwrap().try_collect().await.unwrap()
    }

    async fn unsealed(&self) {
        let entries = self.database.collection::<Document>("journal");
        entries.update_many(doc! {}, doc! { "$unset": { "seal": "" } }).await.unwrap();
    }

    /// Negates every amount, and recomputes all hashes, snapshots and the head, as anybody could who knows the format
    /// of the journal.
    async fn rewrite(&self, stream: Uuid) {
        let (mut previous, mut nets) = (String::new(), vec![]);
        for entry in self.entries().await {
            let mut forged: Document = Document::try_from(entry.as_ref()).unwrap();
            let (old_hash, seal) = (forged.remove("hash"), forged.remove("seal"));
            let published_at = forged.remove("published_at").unwrap();
            assert!(old_hash.is_some());
            let data = forged.get_document_mut("event").unwrap().get_document_mut("data").unwrap();
            let name = format!("-{}", data.get_str("name").unwrap());
            data.insert("name", name);
            for row in forged.get_array_mut("nets_after").unwrap() {
                let row = row.as_document_mut().unwrap();
                let minor = -row.get_i64("amount_minor").unwrap();
                row.insert("amount_minor", minor);
            }
            nets = forged.get_array("nets_after").unwrap().clone();
            forged.insert("previous_hash", &previous);
            let mut bytes = RawDocumentBuf::try_from(&forged).unwrap();
            previous = digest(bytes.as_bytes());
            bytes.append(cstr!("published_at"), mongodb::bson::RawBson::try_from(published_at).unwrap());
            bytes.append(cstr!("hash"), previous.as_str());
            if let Some(seal) = seal {
                bytes.append(cstr!("seal"), seal.as_str().unwrap());
            }
            let journal = self.database.collection::<RawDocumentBuf>("journal");
            journal.replace_one(doc! { "_id": forged.get_str("_id").unwrap() }, bytes).await.unwrap();
        }
        let heads = self.database.collection::<Document>("ledger");
        let head = heads.find_one(doc! { "_id": stream.to_string() }).await.unwrap().unwrap();
        let mut changed = doc! { "last_hash": previous, "nets": nets };
        for debt in head.get_array("debts").unwrap() {
            let mut debt = debt.as_document().unwrap().clone();
            let (from, to) = (debt.get("from").cloned().unwrap(), debt.get("to").cloned().unwrap());
            debt.insert("from", to);
            debt.insert("to", from);
            changed.insert("debts", vec![debt]);
        }
        heads.update_one(doc! { "_id": stream.to_string() }, doc! { "$set": changed }).await.unwrap();
    }
}

#[tokio::test]
async fn a_journal_that_was_rewritten_without_the_key_is_detected() {
    let (notebook, stream) = Notebook::written().await;
    notebook.rewrite(stream).await;
    assert_eq!(notebook.flaw().await, "the entry was not sealed with this journal's key");
    // Everything else is consistent: only the seals reveal it.
    notebook.unsealed().await;
    assert_eq!(notebook.flaw().await, "the entry has no seal");
    assert_eq!(notebook.journal.seal(postings).await.unwrap(), Ok(3));
    assert_eq!(notebook.verified().await, Ok(3));
    notebook.close().await;
}

#[tokio::test]
async fn the_seal_of_another_entry_is_invalid() {
    let (notebook, _) = Notebook::written().await;
    let entries = notebook.entries().await;
    let text = |place: usize, field: &str| entries[place].get_str(field).unwrap().to_owned();
    let moved = doc! { "$set": { "seal": text(0, "seal") } };
    let journal = notebook.database.collection::<Document>("journal");
    journal.update_one(doc! { "_id": text(1, "_id") }, moved).await.unwrap();
    let difference = notebook.verified().await.unwrap_err();
    assert_eq!(
        (difference.id, difference.what.as_str()),
        (text(1, "_id"), "the entry was not sealed with this journal's key")
    );
    notebook.close().await;
}

#[tokio::test]
async fn entries_from_before_there_were_seals_are_sealed_once_if_their_chain_holds() {
    let (notebook, stream) = Notebook::written().await;
    notebook.unsealed().await;
    notebook.commit(Notebook::change(stream, "4", Some(4))).await;
    assert_eq!(notebook.flaw().await, "the entry has no seal");
    let before = notebook.entries().await;

    let journal = notebook.database.collection::<Document>("journal");
    let name = |name: &str| doc! { "$set": { "event.data.name": name } };
    journal.update_one(doc! { "version": 2 }, name("200")).await.unwrap();
    assert!(notebook.journal.seal(postings).await.unwrap().is_err(), "what is broken is not sealed");
    assert_eq!(notebook.entries().await[0].get("seal").unwrap(), None);
    journal.update_one(doc! { "version": 2 }, name("2")).await.unwrap();
    assert_eq!(notebook.entries().await, before);

    assert_eq!(notebook.journal.seal(postings).await.unwrap(), Ok(3));
    assert_eq!(notebook.verified().await, Ok(4));
    assert_eq!(notebook.journal.seal(postings).await.unwrap(), Ok(0));
    notebook.close().await;
}
