//! Money: an [`Amount`] is a decimal, [`Money`] is an amount in one [`Currency`].
//!
//! Parses an amount from a provider's text without a float; adds, shares and rounds amounts. Does not know where an
//! amount comes from, nor how it is shown.
//!
//! ```
//! use drawdown::money::{Amount, Currency, Money};
//!
//! let before: Amount = serde_json::from_str("12345678.123456789012").unwrap();
//! let after: Amount = serde_json::from_str("\"12345678.123456789\"").unwrap();
//! assert_eq!((before - after).to_string(), "0.000000000012");
//! let [dollars, yuan] = [Currency::USD, Currency::CNY].map(|currency| Money { amount: after, currency });
//! assert_eq!(dollars.plus(yuan), None);
//! ```

use core::fmt;
use core::ops::{Add, Neg, Sub};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::value::RawValue;

/// Decimals of a share of a window's spend (rule L7).
const SHARE_DECIMALS: u32 = 12;
/// A larger amount has no room for that many decimals, and is shared in whole units.
const LARGEST_SHARED: u64 = 10_000_000_000_000_000;

/// An amount of money without its currency: a decimal of up to 28 significant digits.
///
/// Text from outside is below a quadrillion, and a `Decimal` holds 7.9 × 10²⁸. A sum that is larger saturates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(Decimal);

/// The text or number is not a decimal amount below a quadrillion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseAmountError;

impl fmt::Display for ParseAmountError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("not a decimal amount")
    }
}

impl core::error::Error for ParseAmountError {}

impl Amount {
    /// Zero. Unknown is not zero: it is `None` everywhere in this crate.
    pub const ZERO: Amount = Amount(Decimal::ZERO);

    /// Parses `12.30`, `-0.5` or `1e-9`. Digits beyond the 28 that fit are rounded.
    ///
    /// Fails on anything else: empty text, spaces, grouping, `NaN`, or a quadrillion and more. For text from outside. A
    /// stored amount may be a larger sum: see [`Amount::parse_stored`].
    pub fn parse(text: &str) -> Result<Amount, ParseAmountError> {
        let amount = Amount::parse_stored(text)?;
        let limit = Decimal::from(1_000_000_000_000_000_u64);
        if amount.0.abs() < limit { Ok(amount) } else { Err(ParseAmountError) }
    }

    /// Like [`Amount::parse`] without the upper limit, for stored sums and quotients.
    pub fn parse_stored(text: &str) -> Result<Amount, ParseAmountError> {
        if !text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) {
            return Err(ParseAmountError);
        }
        let (digits, exponent) =
            text.split_once(['e', 'E']).map_or((text, Ok(0)), |(digits, e)| (digits, e.parse()));
        let mut decimal = Decimal::from_str_radix(digits, 10).map_err(|_| ParseAmountError)?;
        let exponent: i32 = exponent.map_err(|_| ParseAmountError)?;
        // One step of the exponent at a time; a Decimal cannot hold more than 60.
        for _ in 0..exponent.unsigned_abs().min(60) {
            let moved =
                if exponent > 0 { product(decimal, Decimal::TEN) } else { quotient(decimal, Decimal::TEN) };
            decimal = moved.ok_or(ParseAmountError)?;
        }
        Ok(Amount(decimal))
    }

    /// A whole number of units.
    pub fn whole(units: u32) -> Amount {
        Amount(Decimal::from(units))
    }

    /// Ten to the power of minus `decimals`: `unit(2)` is 0.01. At least 1e-28, the smallest that fits.
    pub fn unit(decimals: u32) -> Amount {
        Amount(Decimal::new(1, decimals.min(Decimal::MAX_SCALE)))
    }

    /// `digits` times ten to the power of minus `decimals`. `None` if it does not fit.
    pub fn from_digits(digits: i128, decimals: u32) -> Option<Amount> {
        Decimal::try_from_i128_with_scale(digits, decimals).ok().map(Amount)
    }

    /// Its digits as one whole number, and how many of them are decimals: the inverse of [`Amount::from_digits`].
    pub fn digits(self) -> (i128, u32) {
        (self.0.mantissa(), self.0.scale())
    }

    /// Whether it is exactly zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self < Amount::ZERO
    }

    /// The amount, or zero if it is negative: a balance that rose has no fall.
    pub fn or_zero(self) -> Amount {
        self.max(Amount::ZERO)
    }

    /// The share of this amount for the first `elapsed` of `total` milliseconds, when it is spread evenly (rule L7):
    /// exact, then rounded half-even to 12 decimals. The whole time gets the whole amount, unrounded, so that
    /// differences of shares sum to it.
    pub fn share(self, elapsed: u64, total: u64) -> Amount {
        if elapsed >= total {
            return self;
        }
        if self.0.abs() >= Decimal::from(LARGEST_SHARED) {
            let share =
                quotient(self.0, Decimal::from(total)).and_then(|a_ms| product(a_ms, Decimal::from(elapsed)));
            return share
                .map_or(self, |share| Amount(round(share, 0, RoundingStrategy::MidpointNearestEven)));
        }
        // mantissa × elapsed × 10^12 / (total × 10^scale), as a long division over digits of 24 bits, because the
        // product alone needs more than 128 bits.
        let scale = self.0.scale();
        let up = 10_u128.saturating_pow(SHARE_DECIMALS.saturating_sub(scale));
        let down = 10_u128.saturating_pow(scale.saturating_sub(SHARE_DECIMALS));
        let factor = u128::from(elapsed) * up;
        let divisor = u128::from(total) * down;
        let mantissa = self.0.mantissa().unsigned_abs();
        let (mut quotient, mut rest) = (0_u128, 0_u128);
        for shift in [72, 48, 24, 0] {
            let digit = (mantissa >> shift) & 0xff_ffff;
            let step = (rest << 24) + digit * factor;
            quotient = (quotient << 24) + step / divisor;
            rest = step % divisor;
        }
        let is_up = rest * 2 > divisor || (rest * 2 == divisor && quotient % 2 == 1);
        let rounded = i128::try_from(quotient + u128::from(is_up)).unwrap_or(i128::MAX);
        let share = Decimal::try_from_i128_with_scale(rounded, SHARE_DECIMALS).unwrap_or(Decimal::MAX);
        Amount(if self.is_negative() { -share } else { share })
    }

    /// This amount times `part` / `whole`, to the last digit that fits. `None` if `whole` is zero.
    pub fn times(self, part: u64, whole: u64) -> Option<Amount> {
        quotient(product(self.0, Decimal::from(part))?, Decimal::from(whole)).map(Amount)
    }

    /// This quantity at a `price` for each `per` units. `None` if it does not fit or `per` is zero.
    pub fn priced(self, price: Amount, per: u64) -> Option<Amount> {
        quotient(product(self.0, price.0)?, Decimal::from(per)).map(Amount)
    }

    /// This amount divided by `other`. `None` if `other` is zero.
    pub fn over(self, other: Amount) -> Option<Rate> {
        quotient(self.0, other.0).map(Rate)
    }

    /// The position of this amount on a scale from 0 to `length` that ends at `top`: exact, rounded down, and clamped.
    pub fn along(self, top: Amount, length: u32) -> u32 {
        let place = self.times(length.into(), 1).and_then(|long| long.over(top)?.of_whole(1));
        place.map_or(0, |place| u32::try_from(place).unwrap_or(length).min(length))
    }

    /// Rounded half-even to this number of decimals.
    pub fn rounded(self, decimals: u32) -> Amount {
        Amount(round(self.0, decimals, RoundingStrategy::MidpointNearestEven))
    }

    /// Rounded down to this number of decimals, for an amount that is "at least".
    pub fn floored(self, decimals: u32) -> Amount {
        Amount(round(self.0, decimals, RoundingStrategy::ToNegativeInfinity))
    }

    /// Rounded up to this number of decimals.
    pub fn raised(self, decimals: u32) -> Amount {
        -(-self).floored(decimals)
    }

    /// Rounded up to a multiple of `step`; unchanged if `step` is zero.
    pub fn up_to_multiple(self, step: Amount) -> Amount {
        let count =
            quotient(self.0, step.0).map(|count| round(count, 0, RoundingStrategy::ToPositiveInfinity));
        count.and_then(|count| product(count, step.0)).map_or(self, Amount)
    }

    /// Plain digits with exactly this number of decimals, rounded half-even: `1234.50`.
    pub fn to_fixed(self, decimals: u32) -> String {
        let mut fixed = self.rounded(decimals).0;
        fixed.rescale(decimals);
        fixed.to_string()
    }

    /// The stored text: every digit, trailing zeros included, as the provider wrote it.
    pub fn to_stored(self) -> String {
        self.0.to_string()
    }
}

/// Plain digits, trailing zeros dropped, never an exponent, never `-0`.
impl fmt::Display for Amount {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(to)
    }
}

impl Add for Amount {
    type Output = Amount;
    fn add(self, other: Amount) -> Amount {
        Amount(self.0.saturating_add(other.0))
    }
}

impl Sub for Amount {
    type Output = Amount;
    fn sub(self, other: Amount) -> Amount {
        Amount(self.0.saturating_sub(other.0))
    }
}

impl Neg for Amount {
    type Output = Amount;
    fn neg(self) -> Amount {
        Amount(-self.0)
    }
}

impl core::iter::Sum for Amount {
    fn sum<I: Iterator<Item = Amount>>(amounts: I) -> Amount {
        amounts.fold(Amount::ZERO, Add::add)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.to_stored())
    }
}

/// From a stored JSON string or JSON number, by its text: it never becomes a float.
impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Amount, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        let raw = raw.get();
        let read = match raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(text) => Amount::parse_stored(text),
            None => Amount::parse_stored(raw),
        };
        read.map_err(de::Error::custom)
    }
}

/// A number without a unit: units of one currency for one of another, or a share of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(Decimal);

impl Rate {
    /// `part` / `whole`. `None` if `whole` is zero.
    pub fn ratio(part: u64, whole: u64) -> Option<Rate> {
        quotient(Decimal::from(part), Decimal::from(whole)).map(Rate)
    }

    /// Parses a rate from outside. `None` unless it is above zero: at a rate of zero, money would vanish.
    pub fn parse(text: &str) -> Option<Rate> {
        Rate(Amount::parse(text).ok()?.0).above_zero()
    }

    /// Parses a stored rate of any size. `None` unless it is above zero.
    pub fn parse_stored(text: &str) -> Option<Rate> {
        Rate(Amount::parse_stored(text).ok()?.0).above_zero()
    }

    /// The rate. `None` if it is zero or negative.
    pub fn above_zero(self) -> Option<Rate> {
        (self.0 > Decimal::ZERO).then_some(self)
    }

    /// This rate times a whole number, rounded down. `None` if the result does not fit or is negative.
    pub fn of_whole(self, whole: u64) -> Option<u64> {
        let part = product(self.0, Decimal::from(whole))?;
        u64::try_from(round(part, 0, RoundingStrategy::ToNegativeInfinity)).ok()
    }

    /// Plain digits, rounded half-even to this number of decimals, trailing zeros dropped.
    pub fn to_text(self, decimals: u32) -> String {
        Amount(self.0).rounded(decimals).to_string()
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        Amount(self.0).serialize(to)
    }
}

/// Fails unless the rate is above zero: at a rate of zero, money would vanish.
impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Rate, D::Error> {
        let Amount(rate) = Amount::deserialize(from)?;
        if rate > Decimal::ZERO {
            Ok(Rate(rate))
        } else {
            Err(de::Error::custom("a rate must be above zero"))
        }
    }
}

/// A currency by its ISO 4217 code, three capital letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// US dollars: the currency of providers that name none.
    pub const USD: Currency = Currency(*b"USD");
    /// The Chinese yuan.
    pub const CNY: Currency = Currency(*b"CNY");

    /// Parses three ASCII letters in either case. `None` for anything else.
    pub fn parse(text: &str) -> Option<Currency> {
        let letters: [u8; 3] = text.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_alphabetic).then(|| Currency(letters.map(|c| c.to_ascii_uppercase())))
    }

    /// The decimals of its smallest unit, by ISO 4217; two if ISO 4217 does not say.
    pub fn decimals(self) -> u32 {
        iso_currency::Currency::from_code(self.code()).and_then(|known| known.exponent()).map_or(2, u32::from)
    }

    /// Its smallest unit: a cent, a yen, a fils.
    pub fn smallest(self) -> Amount {
        Amount::unit(self.decimals())
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Currency, D::Error> {
        let text = String::deserialize(from)?;
        Currency::parse(&text).ok_or_else(|| de::Error::custom("a currency has three letters"))
    }
}

/// An amount in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// The amount.
    pub amount: Amount,
    /// Its currency.
    pub currency: Currency,
}

impl Money {
    /// The sum. `None` if the currencies differ: they are never added (rule L1).
    pub fn plus(self, other: Money) -> Option<Money> {
        let is_same = self.currency == other.currency;
        is_same.then(|| Money { amount: self.amount + other.amount, currency: self.currency })
    }

    /// The same value in another currency. `rate` is units of `currency` for one unit of this one. `None` if the result
    /// does not fit.
    pub fn converted(self, rate: Rate, currency: Currency) -> Option<Money> {
        product(self.amount.0, rate.0).map(|amount| Money { amount: Amount(amount), currency })
    }
}

// Not inlined, because a copy of this code at each call would enlarge the module.

#[inline(never)]
fn product(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_mul(b)
}

#[inline(never)]
fn quotient(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_div(b)
}

#[inline(never)]
fn round(decimal: Decimal, decimals: u32, strategy: RoundingStrategy) -> Decimal {
    decimal.round_dp_with_strategy(decimals, strategy)
}
