//! Web Push: notifications on a person's devices while the app is closed (RFC 8030, 8291 and 8292).

mod device;
mod operations;
mod sender;
mod store;

pub(crate) use device::NewDevice;
pub(crate) use operations::PushChannel;
