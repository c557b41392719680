//! Migrations on live databases: what they do, what they refuse, and what is left when they are killed.

mod crash;
mod place;
mod plain;
mod process;
mod refused;
mod scripts;
mod together;
