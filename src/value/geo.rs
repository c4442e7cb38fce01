//! Positions: GEO. RFC 6350, 6.5.2; RFC 5870; RFC 2426, 3.4.2; vCard 2.1, 2.4.6.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;
use core::ops::Range;

use super::boolean_integer_float::float;
use super::uri::scheme;
use super::{Notes, Reason, Unwritable, Uri, Value, ValueError};
use crate::registry::ValueType;
use crate::syntax::escape::unescape_uri;
use crate::version::Version;

/// A position on Earth, as a geo: URI has it.
///
/// 3.0 has latitude and longitude with a semicolon, 2.1 with a comma, and there the first number
/// is read as the longitude when it cannot be a latitude. All three forms are read in every
/// version. RFC 6350, 6.5.2; RFC 5870, 3.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{Geo, Value};
///
/// let geo = Geo::parse(r"geo:46.772673\,-71.282945;u=35", Version::V4_0)?;
/// assert_eq!((geo.latitude(), geo.longitude()), (46.772673, -71.282945));
/// assert_eq!(geo.uncertainty(), Some(35.0));
/// let geo = Geo::new(37.386013, -122.082932)?;
/// assert_eq!(geo.to_text(Version::V3_0)?, "37.386013;-122.082932");
/// assert_eq!(geo.to_text(Version::V4_0)?, r"geo:37.386013\,-122.082932");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Geo<'a> {
    latitude: f64,
    longitude: f64,
    altitude: Option<f64>,
    crs: Option<Cow<'a, str>>,
    uncertainty: Option<f64>,
    /// The other parameters as they are written, each with its semicolon.
    parameters: Cow<'a, str>,
}

const EXPECTED_4_0: &str = "a geo: URI, as geo:46.772673,-71.282945";
const EXPECTED_3_0: &str = "latitude and longitude in degrees, as 37.386013;-122.082932";
const EXPECTED_2_1: &str = "latitude and longitude in degrees, as 37.24,-17.87";

impl<'a> Geo<'a> {
    /// A position in degrees of WGS-84.
    ///
    /// # Errors
    ///
    /// The latitude is outside -90 to 90, or the longitude outside -180 to 180.
    ///
    /// ```
    /// assert!(vcardinal::value::Geo::new(91.0, 0.0).is_err());
    /// ```
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, ValueError> {
        let geo = Geo {
            latitude,
            longitude,
            altitude: None,
            crs: None,
            uncertainty: None,
            parameters: Cow::Borrowed(""),
        };
        geo.in_range()
            .map_err(|reason| ValueError::new(0..0, reason))?;
        Ok(geo)
    }

    /// The same, so many metres high; a number that is not finite changes nothing.
    ///
    /// ```
    /// use vcardinal::value::Geo;
    ///
    /// let place = Geo::new(46.5, 8.0)?.with_altitude(4158.0).with_uncertainty(10.0);
    /// assert_eq!((place.altitude(), place.uncertainty()), (Some(4158.0), Some(10.0)));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn with_altitude(mut self, metres: f64) -> Self {
        self.altitude = Some(metres)
            .filter(|metres| metres.is_finite())
            .or(self.altitude);
        self
    }

    /// The same, accurate to so many metres; a negative number, or one that is not finite, changes
    /// nothing.
    #[must_use]
    pub fn with_uncertainty(mut self, metres: f64) -> Self {
        let metres = Some(metres).filter(|metres| metres.is_finite() && *metres >= 0.0);
        self.uncertainty = metres.map(f64::abs).or(self.uncertainty);
        self
    }

    /// Degrees to the north.
    ///
    /// ```
    /// use vcardinal::value::Geo;
    ///
    /// let place = Geo::new(46.5, 8.0)?;
    /// assert_eq!((place.latitude(), place.longitude()), (46.5, 8.0));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub const fn latitude(&self) -> f64 {
        self.latitude
    }

    /// Degrees to the east.
    #[must_use]
    pub const fn longitude(&self) -> f64 {
        self.longitude
    }

    /// Metres above the ellipsoid; `None` where it is not given.
    #[must_use]
    pub const fn altitude(&self) -> Option<f64> {
        self.altitude
    }

    /// Metres by which it may be off; `None` where it is not given.
    #[must_use]
    pub const fn uncertainty(&self) -> Option<f64> {
        self.uncertainty
    }

    /// The reference system; `None` where it is not named, which stands for WGS-84.
    #[must_use]
    pub fn crs(&self) -> Option<&str> {
        self.crs.as_deref()
    }

    /// Whether both are the same place: at a pole the longitude does not matter, and 180 degrees
    /// east and west are one. RFC 5870, 3.4.4.
    ///
    /// ```
    /// use vcardinal::value::Geo;
    ///
    /// assert!(Geo::new(90.0, 10.0)?.is_same_place(&Geo::new(90.0, -20.0)?));
    /// assert!(Geo::new(1.0, 180.0)?.is_same_place(&Geo::new(1.0, -180.0)?));
    /// # Ok::<(), vcardinal::value::ValueError>(())
    /// ```
    #[must_use]
    pub fn is_same_place(&self, other: &Geo<'_>) -> bool {
        let longitude = |geo: &Geo<'_>| match geo.longitude {
            _ if geo.latitude.abs() == 90.0 => 0.0,
            -180.0 => 180.0,
            other => other,
        };
        let (own, others) = (self.wgs84(), other.wgs84());
        own == others
            && (own || self.crs() == other.crs())
            && self.latitude == other.latitude
            && self.altitude == other.altitude
            && self.uncertainty == other.uncertainty
            && self.parameters == other.parameters
            && if own {
                longitude(self) == longitude(other)
            } else {
                self.longitude == other.longitude
            }
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> Geo<'static> {
        Geo {
            latitude: self.latitude,
            longitude: self.longitude,
            altitude: self.altitude,
            crs: self.crs.map(|crs| Cow::Owned(crs.into_owned())),
            uncertainty: self.uncertainty,
            parameters: Cow::Owned(self.parameters.into_owned()),
        }
    }

    fn wgs84(&self) -> bool {
        self.crs
            .as_deref()
            .is_none_or(|crs| crs.eq_ignore_ascii_case("wgs84"))
    }

    fn in_range(&self) -> Result<(), Reason> {
        if !self.wgs84() {
            return Ok(());
        }
        if !(-90.0..=90.0).contains(&self.latitude) {
            return Err(LATITUDE);
        }
        if !(-180.0..=180.0).contains(&self.longitude) {
            return Err(LONGITUDE);
        }
        Ok(())
    }

    fn read_uri(uri: &str) -> Option<Geo<'static>> {
        let mut parts = uri.split(';');
        let mut numbers = parts.next()?.split(',').map(float);
        let (latitude, longitude) = (numbers.next()??, numbers.next()??);
        let altitude = match numbers.next() {
            Some(altitude) => Some(altitude?),
            None => None,
        };
        if numbers.next().is_some() {
            return None;
        }
        let mut geo = Geo {
            latitude,
            longitude,
            altitude,
            crs: None,
            uncertainty: None,
            parameters: Cow::Borrowed(""),
        };
        for parameter in parts {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            if name.is_empty() || !parameter.bytes().all(is_parameter) {
                return None;
            }
            if name.eq_ignore_ascii_case("crs") {
                geo.crs = Some(Cow::Owned(value.into()));
            } else if name.eq_ignore_ascii_case("u") {
                geo.uncertainty = Some(float(value).filter(|metres| *metres >= 0.0)?);
            } else {
                // Pushed onto what is there: a line may have any number of them.
                let parameters = geo.parameters.to_mut();
                parameters.push(';');
                parameters.push_str(parameter);
            }
        }
        Some(geo)
    }
}

const NO_PLUS: &str = "numbers without a plus sign, as geo:46.772673,-71.282945";
const NO_BACKSLASH: &str = "no backslash before what separates two numbers";

/// Whether a number has a plus sign in front, which RFC 5870, 3.3 does not have.
fn has_plus(uri: &str) -> bool {
    let mut parts = uri.split(';');
    let numbers = parts.next().unwrap_or_default();
    let uncertainty = parts.filter_map(|parameter| parameter.split_once('='));
    let mut uncertainty = uncertainty.filter(|(name, _)| name.eq_ignore_ascii_case("u"));
    numbers.split(',').any(|number| number.starts_with('+'))
        || uncertainty.any(|(_, number)| number.starts_with('+'))
}

const LATITUDE: Reason = Reason::Expected("a latitude between -90 and 90");
const LONGITUDE: Reason = Reason::Expected("a longitude between -180 and 180");
const ORDER: &str = "the parameters crs, then u, then others, each once";

/// Whether `crs` and `u` come first, in this order, and once each. RFC 5870, 3.3.
fn is_in_order(uri: &str) -> bool {
    let mut least = 0;
    uri.split(';').skip(1).all(|parameter| {
        let name = parameter.split('=').next().unwrap_or_default();
        let (place, next) = match name {
            name if name.eq_ignore_ascii_case("crs") => (0, 1),
            name if name.eq_ignore_ascii_case("u") => (1, 2),
            _ => (2, 2),
        };
        let fits = place >= least;
        least = next;
        fits
    })
}

/// Where the number is that is out of its range.
fn number(raw: &str, reason: Reason) -> Range<usize> {
    let start = raw.find(':').map_or(0, |colon| colon + 1);
    let text = raw.get(start..).unwrap_or_default();
    let mut places = text.match_indices([',', ';']).map(|(at, _)| start + at);
    let (first, second) = (places.next(), places.next());
    let first = first.unwrap_or(raw.len());
    let span = match reason {
        LATITUDE => start..first,
        LONGITUDE => (first + 1).min(raw.len())..second.unwrap_or(raw.len()),
        _ => 0..raw.len(),
    };
    // The backslash of an escaped separator.
    let number = raw.get(span.clone()).unwrap_or_default();
    let end = number.strip_suffix('\\').map_or(span.end, |_| span.end - 1);
    span.start..end
}

/// What may stand in a parameter of a geo: URI. RFC 5870, 3.3.
const fn is_parameter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'_'
                | b'.'
                | b'!'
                | b'~'
                | b'*'
                | b'\''
                | b'('
                | b')'
                | b'['
                | b']'
                | b':'
                | b'&'
                | b'+'
                | b'$'
                | b'%'
                | b'='
        )
}

impl<'a> Value<'a> for Geo<'a> {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        let expected = match version {
            Version::V4_0 => EXPECTED_4_0,
            Version::V3_0 => EXPECTED_3_0,
            Version::V2_1 => EXPECTED_2_1,
        };
        let error = || ValueError::new(0..raw.len(), Reason::Expected(expected));
        if raw.is_empty() {
            return Err(ValueError::new(0..0, Reason::Empty(expected)));
        }
        let scheme = raw
            .get(..4)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("geo:"));
        let (geo, of) = if scheme {
            let uri = raw.get(4..).unwrap_or_default();
            let uri = unescape_uri(uri, version);
            let geo = Geo::read_uri(&uri).ok_or_else(error)?;
            if notes.wanted() {
                if !is_in_order(&uri) {
                    notes.add(0..raw.len(), Reason::Spelling(ORDER));
                }
                if has_plus(&uri) {
                    notes.add(0..raw.len(), Reason::Spelling(NO_PLUS));
                }
            }
            (geo, Version::V4_0)
        } else {
            let text = raw.replace('\\', "");
            if text.len() < raw.len() {
                notes.add(0..raw.len(), Reason::Spelling(NO_BACKSLASH));
            }
            let of = if text.contains(';') {
                Version::V3_0
            } else {
                Version::V2_1
            };
            let numbers: Vec<_> = text
                .split([';', ','])
                .map(|part| float(part.trim()))
                .collect();
            let [Some(first), Some(second)] = numbers.as_slice() else {
                return Err(error());
            };
            // The text of 2.1 names the longitude first, its example has the latitude first.
            let swapped = of == Version::V2_1 && first.abs() > 90.0;
            let (latitude, longitude) = if swapped {
                (*second, *first)
            } else {
                (*first, *second)
            };
            let position = Geo::new(latitude, longitude);
            (
                position
                    .map_err(|error| ValueError::new(number(raw, error.reason), error.reason))?,
                of,
            )
        };
        geo.in_range()
            .map_err(|reason| ValueError::new(number(raw, reason), reason))?;
        if of != version {
            notes.add(0..raw.len(), Reason::OtherVersion(expected));
        }
        Ok(geo)
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        let (latitude, longitude) = (self.latitude, self.longitude);
        if version != Version::V4_0 {
            if self.altitude.is_some()
                || self.uncertainty.is_some()
                || self.crs.is_some()
                || !self.parameters.is_empty()
            {
                return Err(Unwritable::not_in(
                    version,
                    "more than latitude and longitude",
                    "these two alone have one",
                ));
            }
            let separator = if version == Version::V3_0 { ';' } else { ',' };
            degrees(latitude, out);
            out.push(separator);
            degrees(longitude, out);
            return Ok(());
        }
        let mut written = write!(out, r"geo:{latitude}\,{longitude}");
        if let Some(altitude) = self.altitude {
            written = written.and_then(|()| write!(out, r"\,{altitude}"));
        }
        if let Some(crs) = &self.crs {
            written = written.and_then(|()| write!(out, ";crs={crs}"));
        }
        if let Some(uncertainty) = self.uncertainty {
            written = written.and_then(|()| write!(out, ";u={uncertainty}"));
        }
        debug_assert!(written.is_ok(), "a String takes everything");
        out.push_str(&self.parameters);
        Ok(())
    }

    fn value_type(&self, version: Version) -> ValueType {
        match version {
            Version::V4_0 => ValueType::Uri,
            Version::V2_1 | Version::V3_0 => ValueType::Float,
        }
    }
}

/// Where something is: a position, or what another URI says of it.
///
/// 4.0 has geo: URIs, and other schemes may be used (RFC 6350, 6.5.2); older versions have two numbers.
///
/// ```
/// use vcardinal::Version;
/// use vcardinal::value::{GeoOrUri, Value};
///
/// let here = GeoOrUri::parse(r"geo:46.772673\,-71.282945", Version::V4_0)?;
/// assert_eq!(here.geo().unwrap().latitude(), 46.772673);
/// let map = GeoOrUri::parse("https://example.com/map", Version::V4_0)?;
/// assert_eq!((map.geo(), map.uri().unwrap().scheme()), (None, Some("https")));
/// # Ok::<(), vcardinal::value::ValueError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum GeoOrUri<'a> {
    /// A position.
    Geo(Geo<'a>),
    /// A URI that is not a geo: URI.
    Uri(Uri<'a>),
}

impl<'a> GeoOrUri<'a> {
    /// The position; `None` where it is another URI.
    #[must_use]
    pub fn geo(&self) -> Option<&Geo<'a>> {
        match self {
            GeoOrUri::Geo(geo) => Some(geo),
            GeoOrUri::Uri(_) => None,
        }
    }

    /// The URI; `None` where it is a position.
    #[must_use]
    pub fn uri(&self) -> Option<&Uri<'a>> {
        match self {
            GeoOrUri::Geo(_) => None,
            GeoOrUri::Uri(uri) => Some(uri),
        }
    }

    /// The same value, owned.
    #[must_use]
    pub fn into_owned(self) -> GeoOrUri<'static> {
        match self {
            GeoOrUri::Geo(geo) => GeoOrUri::Geo(geo.into_owned()),
            GeoOrUri::Uri(uri) => GeoOrUri::Uri(uri.into_owned()),
        }
    }
}

impl<'a> From<Geo<'a>> for GeoOrUri<'a> {
    fn from(geo: Geo<'a>) -> Self {
        GeoOrUri::Geo(geo)
    }
}

impl<'a> From<Uri<'a>> for GeoOrUri<'a> {
    fn from(uri: Uri<'a>) -> Self {
        GeoOrUri::Uri(uri)
    }
}

impl<'a> Value<'a> for GeoOrUri<'a> {
    fn read_trimmed(
        raw: &'a str,
        version: Version,
        notes: &mut Notes<'_>,
    ) -> Result<Self, ValueError> {
        match scheme(raw) {
            Some(scheme) if !scheme.eq_ignore_ascii_case("geo") => {
                Uri::read(raw, version, notes).map(GeoOrUri::Uri)
            }
            _ => Geo::read(raw, version, notes).map(GeoOrUri::Geo),
        }
    }

    fn write_to(&self, version: Version, out: &mut String) -> Result<(), Unwritable> {
        match self {
            GeoOrUri::Geo(geo) => geo.write_to(version, out),
            GeoOrUri::Uri(_) if version != Version::V4_0 => Err(Unwritable::not_in(
                version,
                "a place that is not two numbers",
                "a Geo has one",
            )),
            GeoOrUri::Uri(uri) if uri.has_scheme("geo") => Err(Unwritable::Ambiguous(
                "a position; give it as GeoOrUri::Geo",
            )),
            GeoOrUri::Uri(uri) if uri.scheme().is_none() => {
                Err(Unwritable::Ambiguous("a position"))
            }
            GeoOrUri::Uri(uri) => uri.write_to(version, out),
        }
    }

    fn value_type(&self, version: Version) -> ValueType {
        match self {
            GeoOrUri::Geo(geo) => geo.value_type(version),
            GeoOrUri::Uri(_) => ValueType::Uri,
        }
    }
}

/// With six decimal places, as RFC 2426, 3.4.2 asks for, or more where the number has more.
fn degrees(number: f64, out: &mut String) {
    let six = format!("{number:.6}");
    let exact = six.parse() == Ok(number);
    let written = if exact {
        write!(out, "{six}")
    } else {
        write!(out, "{number}")
    };
    debug_assert!(written.is_ok(), "a String takes everything");
}
