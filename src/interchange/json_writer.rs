//! Many cards to an output.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

/// Writes values of JSON, one a line or in one array: jCards, JSContact, or whatever serializes.
///
/// ```
/// # #[cfg(feature = "jcard")]
/// # {
/// use vcardinal::{Card, jcard};
///
/// let card = Card::parse("BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n")?;
/// let mut writer = jcard::Writer::array(Vec::new());
/// writer.write(&jcard::JCard::of(&card)?)?;
/// writer.write(&jcard::JCard::of(&card)?)?;
/// let json: serde_json::Value = serde_json::from_slice(&writer.finish()?)?;
/// assert_eq!(json.as_array().unwrap().len(), 2);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    output: W,
    is_array: bool,
    is_pretty: bool,
    count: u64,
}

impl<W: Write> Writer<W> {
    /// One value a line.
    ///
    /// ```
    /// # #[cfg(feature = "jcard")]
    /// # {
    /// use vcardinal::jcard::Writer;
    ///
    /// let mut writer = Writer::lines(Vec::new());
    /// writer.write(&1)?;
    /// writer.write(&"a")?;
    /// assert_eq!(writer.finish()?, b"1\n\"a\"\n");
    /// # }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn lines(output: W) -> Self {
        Writer {
            output,
            is_array: false,
            is_pretty: false,
            count: 0,
        }
    }

    /// All values in one array.
    pub fn array(output: W) -> Self {
        Writer {
            is_array: true,
            ..Writer::lines(output)
        }
    }

    /// With line breaks and indents, for people.
    ///
    /// ```
    /// # #[cfg(feature = "jcard")]
    /// # {
    /// use vcardinal::jcard::Writer;
    ///
    /// let mut writer = Writer::lines(Vec::new()).pretty(true);
    /// writer.write(&["a"])?;
    /// assert_eq!(writer.finish()?, b"[\n  \"a\"\n]\n");
    /// # }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn pretty(mut self, yes: bool) -> Self {
        self.is_pretty = yes;
        self
    }

    /// Writes a value.
    ///
    /// # Errors
    ///
    /// As the output has them.
    pub fn write(&mut self, value: &impl Serialize) -> io::Result<()> {
        if self.is_array {
            let before: &[u8] = if self.count == 0 { b"[\n" } else { b",\n" };
            self.output.write_all(before)?;
        }
        self.count += 1;
        match self.is_pretty {
            true => {
                let formatter = PrettyFormatter::new();
                let mut serializer = Serializer::with_formatter(&mut self.output, formatter);
                value.serialize(&mut serializer)?;
            }
            false => serde_json::to_writer(&mut self.output, value)?,
        }
        if !self.is_array {
            self.output.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Ends the array, if it is one, and hands the output back.
    ///
    /// # Errors
    ///
    /// As the output has them.
    ///
    /// ```
    /// # #[cfg(feature = "jcard")]
    /// # {
    /// use vcardinal::jcard::Writer;
    ///
    /// assert_eq!(Writer::array(Vec::new()).finish()?, b"[]\n");
    /// # }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn finish(mut self) -> io::Result<W> {
        if self.is_array {
            let end: &[u8] = if self.count == 0 { b"[]\n" } else { b"\n]\n" };
            self.output.write_all(end)?;
        }
        self.output.flush()?;
        Ok(self.output)
    }

    /// Writes out what a buffer of the output holds.
    ///
    /// # Errors
    ///
    /// As the output has them.
    pub fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
