//! MongoDB access for devices.

use contracts::UserId;
use futures::TryStreamExt;
use kit::{Outcome, mongo::index};
use mongodb::{Collection, Database, bson::doc};

use super::device::Device;

const DEVICES: &str = "push_devices";

/// The most devices of a person; with one more, the one that was added first goes.
const MOST_DEVICES: u64 = 20;

/// The collection of devices.
#[derive(Clone)]
pub(super) struct DeviceStore {
    devices: Collection<Device>,
}

impl DeviceStore {
    pub(super) fn new(database: &Database) -> Self {
        Self { devices: database.collection(DEVICES) }
    }

    /// Creates the indexes, and with them the collection.
    pub(super) async fn prepare(&self) -> Outcome<()> {
        self.devices.create_index(index(doc! { "user": 1, "added_at": -1 })).await?;
        Ok(())
    }

    /// Adds a device, or replaces what is known of it: it belongs to the person who has registered it last.
    pub(super) async fn put(&self, device: &Device) -> Outcome<()> {
        self.devices.replace_one(doc! { "_id": &device.id }, device).upsert(true).await?;
        let newest = doc! { "added_at": -1 };
        let own = doc! { "user": device.user.to_string() };
        let surplus = self.devices.find(own).sort(newest).skip(MOST_DEVICES).await?;
        let surplus: Vec<Device> = surplus.try_collect().await?;
        let ids: Vec<String> = surplus.into_iter().map(|device| device.id).collect();
        self.devices.delete_many(doc! { "_id": { "$in": ids } }).await?;
        Ok(())
    }

    /// The devices of a person, those that were added last first.
    pub(super) async fn of(&self, user: UserId) -> Outcome<Vec<Device>> {
        let own = self.devices.find(doc! { "user": user.to_string() }).sort(doc! { "added_at": -1 });
        Ok(own.await?.try_collect().await?)
    }

    /// Removes a device of a person; idempotent.
    pub(super) async fn remove(&self, user: UserId, id: &str) -> Outcome<()> {
        self.devices.delete_one(doc! { "_id": id, "user": user.to_string() }).await?;
        Ok(())
    }

    /// Removes all devices of a person; idempotent.
    pub(super) async fn remove_of(&self, user: UserId) -> Outcome<()> {
        self.devices.delete_many(doc! { "user": user.to_string() }).await?;
        Ok(())
    }
}
