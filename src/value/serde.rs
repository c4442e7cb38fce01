//! Values to serde: text, dates and numbers as strings, names, addresses, organizations, positions and
//! the like as objects with the names of their accessors.

use alloc::string::String;
use alloc::vec::Vec;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{
    Address, Binary, CalScale, ClientPidMap, DataUri, DateAndOrTime, DateOrText, DateTime, Gender,
    Geo, GeoOrUri, Key, Kind, LanguageTag, Level, List, Media, MediaType, Name, Organization,
    PartialDate, PartialTime, Pid, Pref, Sex, SortAs, TelUri, Telephone, Text, TextList, TimeZone,
    Timestamp, Types, Uri, UriOrText, UtcOffset, Zone,
};

macro_rules! as_string {
    ($($type:ty)+) => {$(
        /// A string, as `Display` shows it.
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        /// A string, which is read as `FromStr` reads it.
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )+};
}

as_string! {
    Binary<'_> CalScale<'_> ClientPidMap<'_> DataUri<'_> DateAndOrTime DateOrText<'_> DateTime
    Key<'_> Kind<'_> LanguageTag<'_> Level Media<'_> MediaType<'_> PartialDate PartialTime Pid Pref
    Sex TelUri Text<'_> TimeZone<'_> Timestamp Uri<'_> UriOrText<'_> UtcOffset Zone
}

/// A string: the tel: URI, or the text.
impl Serialize for Telephone<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Telephone::Tel(tel) => serializer.serialize_str(tel.as_str()),
            other => serializer.collect_str(other),
        }
    }
}

/// A string, which is read as `FromStr` reads it.
impl<'de> Deserialize<'de> for Telephone<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Telephone::from(String::deserialize(deserializer)?))
    }
}

macro_rules! as_list {
    ($($type:ident $new:expr;)+) => {$(
        /// A list of strings.
        impl Serialize for $type<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.as_slice())
            }
        }

        /// A list of strings.
        impl<'de> Deserialize<'de> for $type<'_> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let new: fn(Vec<String>) -> Self = $new;
                Vec::deserialize(deserializer).map(new)
            }
        }
    )+};
}

as_list! {
    TextList TextList::new;
    Types Types::new;
    SortAs |texts| SortAs::new(texts, 1);
}

/// A list.
impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

/// A list.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(List)
    }
}

macro_rules! as_parts {
    ($type:ident { $($part:ident $with:ident)+ }) => {
        /// An object with a list for each part that has a value.
        impl Serialize for $type<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let count = 0 $(+ usize::from(!self.$part().is_empty()))+;
                let mut object = serializer.serialize_struct(stringify!($type), count)?;
                $(
                    if !self.$part().is_empty() {
                        object.serialize_field(stringify!($part), self.$part())?;
                    }
                )+
                object.end()
            }
        }

        /// An object with a list for each part that has a value.
        impl<'de> Deserialize<'de> for $type<'_> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[derive(serde::Deserialize)]
                #[serde(deny_unknown_fields)]
                struct Parts {
                    $(#[serde(default)] $part: Vec<String>,)+
                }
                let parts = Parts::deserialize(deserializer)?;
                Ok($type::default()$(.$with(parts.$part))+)
            }
        }
    };
}

as_parts! { Name {
    family with_family given with_given additional with_additional prefixes with_prefixes
    suffixes with_suffixes secondary_surnames with_secondary_surnames generations with_generations
} }

as_parts! { Address {
    po_box with_po_box extended with_extended street with_street locality with_locality
    region with_region postal_code with_postal_code country with_country room with_room
    apartment with_apartment floor with_floor street_number with_street_number
    street_name with_street_name building with_building block with_block
    subdistrict with_subdistrict district with_district landmark with_landmark
    direction with_direction
} }

/// An object: `name`, and `units` where there are any.
impl Serialize for Organization<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let units = !self.units().is_empty();
        let mut object = serializer.serialize_struct("Organization", 1 + usize::from(units))?;
        object.serialize_field("name", self.name())?;
        if units {
            object.serialize_field("units", self.units())?;
        }
        object.end()
    }
}

/// An object: `name`, and `units` where there are any.
impl<'de> Deserialize<'de> for Organization<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Parts {
            #[serde(default)]
            name: String,
            #[serde(default)]
            units: Vec<String>,
        }
        let parts = Parts::deserialize(deserializer)?;
        let name = Organization::new(parts.name);
        Ok(parts.units.into_iter().fold(name, Organization::with_unit))
    }
}

/// An object: `sex`, a letter, and `identity`, as far as they are there.
impl Serialize for Gender<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let identity = !self.identity().is_empty();
        let count = usize::from(self.sex().is_some()) + usize::from(identity);
        let mut object = serializer.serialize_struct("Gender", count)?;
        if let Some(sex) = self.sex() {
            object.serialize_field("sex", sex.as_str())?;
        }
        if identity {
            object.serialize_field("identity", self.identity())?;
        }
        object.end()
    }
}

/// An object: `sex`, a letter, and `identity`, as far as they are there.
impl<'de> Deserialize<'de> for Gender<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Parts {
            #[serde(default)]
            sex: Option<Sex>,
            #[serde(default)]
            identity: String,
        }
        let parts = Parts::deserialize(deserializer)?;
        Ok(Gender::new(parts.sex).with_identity(parts.identity))
    }
}

/// An object: `latitude` and `longitude`, and `altitude` and `uncertainty` where they are known. What
/// else a geo: URI has is not in it.
impl Serialize for Geo<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let more = [
            ("altitude", self.altitude()),
            ("uncertainty", self.uncertainty()),
        ];
        let count = 2 + more.iter().filter(|(_, number)| number.is_some()).count();
        let mut object = serializer.serialize_struct("Geo", count)?;
        object.serialize_field("latitude", &self.latitude())?;
        object.serialize_field("longitude", &self.longitude())?;
        for (name, number) in more {
            if let Some(number) = number {
                object.serialize_field(name, &number)?;
            }
        }
        object.end()
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    latitude: f64,
    longitude: f64,
    #[serde(default)]
    altitude: Option<f64>,
    #[serde(default)]
    uncertainty: Option<f64>,
}

impl Position {
    fn geo<E: Error>(self) -> Result<Geo<'static>, E> {
        let geo = Geo::new(self.latitude, self.longitude).map_err(E::custom)?;
        let geo = match self.altitude {
            Some(altitude) => geo.with_altitude(altitude),
            None => geo,
        };
        Ok(match self.uncertainty {
            Some(uncertainty) => geo.with_uncertainty(uncertainty),
            None => geo,
        })
    }
}

/// An object: see `Serialize`.
impl<'de> Deserialize<'de> for Geo<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Position::deserialize(deserializer)?.geo()
    }
}

/// The object of a position, or the URI as a string.
impl Serialize for GeoOrUri<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            GeoOrUri::Geo(geo) => geo.serialize(serializer),
            GeoOrUri::Uri(uri) => uri.serialize(serializer),
        }
    }
}

/// The object of a position, or a URI as a string.
impl<'de> Deserialize<'de> for GeoOrUri<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Either {
            Geo(Position),
            Uri(String),
        }
        match Either::deserialize(deserializer)? {
            Either::Geo(position) => position.geo().map(GeoOrUri::Geo),
            Either::Uri(uri) => uri.parse().map_err(D::Error::custom),
        }
    }
}
