//! Drives the service over HTTP, on each database.

mod client;
mod hostile;
mod life;
mod logs;
mod paging;
mod resources;
mod service;
mod transfers;
