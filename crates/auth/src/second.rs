//! The second factor: time-based codes (RFC 6238: SHA-1, six digits, 30 seconds, as every authenticator
//! has it), and the codes for the day the telephone is gone.

use crate::Pepper;
use rand::{
    CryptoRng,
    distr::{Distribution, slice::Choose},
};
use totp_rs::{Algorithm, TOTP};
use uuid::Uuid;

const STEP: u64 = 30;
/// Without letters that look like others.
const LETTERS: &[char] = &[
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x',
    'y', 'z', '2', '3', '4', '5', '6', '7', '8', '9',
];

/// What an authenticator and the server share. It is made from the installation's secret key and what the
/// database keeps, so that a copy of the database makes no codes.
pub struct Totp(TOTP);

impl Totp {
    /// The secret of a user's enrolment. `nonce` is made anew for each.
    #[must_use]
    pub fn of(pepper: &Pepper, user: Uuid, nonce: &[u8], account: &str) -> Self {
        let secret = pepper.mac("second factor", &[user.as_bytes(), nonce].concat())[..20].to_vec();
        // A colon would end the issuer's part of the address.
        let account = account.replace(':', " ");
        Self(TOTP::new_unchecked(Algorithm::SHA1, 6, 0, STEP, secret, Some("g8".to_owned()), account))
    }

    /// The secret as an authenticator takes it by hand (base 32).
    #[must_use]
    pub fn secret(&self) -> String {
        self.0.get_secret_base32()
    }

    /// The `otpauth:` address that an authenticator reads from a picture.
    #[must_use]
    pub fn address(&self) -> String {
        self.0.get_url()
    }

    /// The code of a moment, in unix seconds.
    #[must_use]
    pub fn code(&self, at: u64) -> String {
        self.0.generate(at)
    }

    /// The step whose code this is, if it is later than `used` and no more than one off.
    #[must_use]
    pub fn step(&self, code: &str, at: u64, used: Option<i64>) -> Option<i64> {
        let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
        let now = at / STEP;
        let near = now.saturating_sub(1)..=now + 1;
        near.filter_map(|step| Some((step, i64::try_from(step).ok()?)))
            .find(|(step, number)| {
                used.is_none_or(|used| *number > used) && same(&self.code(step * STEP), &code)
            })
            .map(|(_, number)| number)
    }
}

fn same(one: &str, other: &str) -> bool {
    subtle::ConstantTimeEq::ct_eq(one.as_bytes(), other.as_bytes()).into()
}

/// A code that replaces the authenticator once: `xxxxx-xxxxx`, 49 bits.
pub fn recovery_code(rng: &mut dyn CryptoRng) -> String {
    let Ok(letters) = Choose::new(LETTERS) else { unreachable!("there are letters") };
    let mut part = || -> String { (0..5).map(|_| *letters.sample(rng)).collect() };
    format!("{}-{}", part(), part())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totp() -> Totp {
        Totp::of(&Pepper::new(vec![7; 32]).unwrap(), Uuid::nil(), b"nonce", "ann@example.com")
    }

    #[test]
    fn a_code_is_taken_once_and_for_a_minute_and_a_half() {
        let (totp, at) = (totp(), 1_800_000_000);
        let code = totp.code(at);
        let step = totp.step(&code, at, None).unwrap();
        assert_eq!(totp.step(&format!(" {} {}", &code[..3], &code[3..]), at + STEP, None), Some(step));
        assert_eq!(totp.step(&code, at, Some(step)), None, "used already");
        assert_eq!(totp.step(&code, at + 3 * STEP, None), None, "too late");
        assert_eq!(totp.step("000000x", at, None), None);
    }

    #[test]
    fn authenticators_are_told_the_same_secret_by_picture_and_by_hand() {
        let totp = totp();
        assert!(totp.address().starts_with("otpauth://totp/g8:ann%40example.com?secret="));
        assert!(totp.address().contains(&totp.secret()));
    }

    #[test]
    fn recovery_codes_differ_and_can_be_read_out() {
        use rand::{SeedableRng, rngs::StdRng};
        let mut rng = StdRng::seed_from_u64(7);
        let (one, other) = (recovery_code(&mut rng), recovery_code(&mut rng));
        assert!(
            one != other
                && one.len() == 11
                && one.chars().all(|letter| letter == '-' || LETTERS.contains(&letter))
        );
    }
}
