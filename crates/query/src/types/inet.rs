//! Network addresses, on databases that have them.

use std::fmt;
use std::net::IpAddr;

use super::{Cell, DecodeError, Kind, NotNull, SqlType, Type};
use crate::value::Value;

/// An address with the length of its network's prefix (`inet`): `192.168.0.1/24`. Without one it is a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Inet {
    address: IpAddr,
    prefix: u8,
}

impl Inet {
    /// An address in a network; a prefix longer than the address is one of its length.
    pub fn new(address: IpAddr, prefix: u8) -> Inet {
        Inet { address, prefix: prefix.min(length(address)) }
    }

    /// The address.
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// The length of the network's prefix, in bits.
    pub fn prefix(&self) -> u8 {
        self.prefix
    }
}

impl From<IpAddr> for Inet {
    fn from(address: IpAddr) -> Self {
        Inet { address, prefix: length(address) }
    }
}

impl fmt::Display for Inet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix)
    }
}

fn length(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// How PostgreSQL's binary format calls the two families.
const FAMILIES: [u8; 2] = [2, 3];

#[diagnostic::do_not_recommend]
impl SqlType for Inet {
    type Base = Inet;
    type Null = NotNull;
    const SQL_TYPE: &'static Type = &Type::named("inet", Kind::Custom);

    fn into_value(self) -> Value {
        let [v4, v6] = FAMILIES;
        let mut bytes = Vec::with_capacity(20);
        match self.address {
            IpAddr::V4(address) => {
                bytes.extend([v4, self.prefix, 0, 4]);
                bytes.extend(address.octets());
            }
            IpAddr::V6(address) => {
                bytes.extend([v6, self.prefix, 0, 16]);
                bytes.extend(address.octets());
            }
        }
        Value::Binary(bytes)
    }

    fn decode(cell: Cell<'_>) -> Result<Self, DecodeError> {
        let Cell::Binary(bytes) = cell else { return Err(DecodeError::unexpected("a network address", cell)) };
        let [family, prefix, _, _, octets @ ..] = bytes else { return Err(DecodeError::Missing) };
        let address = match (FAMILIES.iter().position(|known| known == family), octets.len()) {
            (Some(0), 4) => <[u8; 4]>::try_from(octets).ok().map(IpAddr::from),
            (Some(1), 16) => <[u8; 16]>::try_from(octets).ok().map(IpAddr::from),
            _ => None,
        };
        match address {
            Some(address) if *prefix <= length(address) => Ok(Inet { address, prefix: *prefix }),
            _ => Err(DecodeError::invalid("a network address", "its family and length do not go together")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_make_the_round_trip() {
        for (address, prefix) in [("192.168.0.1", 24), ("::1", 128), ("2001:db8::", 32), ("0.0.0.0", 0)] {
            let inet = Inet::new(address.parse().unwrap(), prefix);
            let Value::Binary(bytes) = inet.into_value() else { panic!("{inet}") };
            assert_eq!(Inet::decode(Cell::Binary(&bytes)).unwrap(), inet);
        }
        assert_eq!(Inet::new("10.0.0.1".parse().unwrap(), 99).to_string(), "10.0.0.1/32");
        for broken in [&[][..], &[2, 32, 0, 4, 1], &[2, 33, 0, 4, 1, 2, 3, 4], &[9, 0, 0, 4, 1, 2, 3, 4]] {
            assert!(Inet::decode(Cell::Binary(broken)).is_err(), "{broken:?}");
        }
    }
}
