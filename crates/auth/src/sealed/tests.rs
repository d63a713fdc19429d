//! What is sealed opens where it was sealed for, and nowhere else.

use super::{KeptSecret, SealedEnvelope, SealedRow, SealingKey, Unopenable, envelope::NONCE};
use crate::Pepper;
use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};
use uuid::Uuid;

const ORG: Uuid = Uuid::from_u128(0x2222_2222_2222_2222_2222_2222_2222_2222);
const ROW: SealedRow<'_> = SealedRow {
    org: Some(ORG),
    kind: "mailbox.password",
    id: Uuid::from_u128(0x3333_3333_3333_3333_3333_3333_3333_3333),
};

fn derived(pepper: u8, id: u8, salt: u8) -> SealingKey {
    let pepper = Pepper::new(vec![pepper; 32]).unwrap();
    SealingKey::derive(&pepper, Uuid::from_bytes([id; 16]), &[salt; 32]).unwrap()
}

fn key() -> SealingKey {
    derived(7, 0x11, 9)
}

fn secret(text: &str) -> KeptSecret {
    KeptSecret::new(text.to_owned()).unwrap()
}

fn rng() -> StdRng {
    StdRng::seed_from_u64(1)
}

/// What comes of opening, as a test can compare it.
fn open(key: &SealingKey, row: &SealedRow<'_>, bytes: &[u8]) -> Result<String, Unopenable> {
    let envelope = SealedEnvelope::from_bytes(bytes.to_vec())?;
    key.open(row, &envelope).map(|secret| secret.reveal().to_owned())
}

/// Made with HKDF and AESGCMSIV of Python's `cryptography` 48 (OpenSSL 4.0), from the layout as it is described
/// in this folder: secret key 07…, salt 09…, key id 11…, organization 22…, row 33…, nonce 44….
#[test]
fn another_implementation_makes_the_same_envelopes() {
    let own = SealedRow { org: None, kind: "smtp.password", ..ROW };
    for (row, text, expected) in [
        (
            ROW,
            "correct horse",
            "0111111111111111111111111111111111444444444444444444444444b55ce84a18360832faf69c82f50d30f038c785\
             fc45d56dd1f32e204850d5b8d9c26aa0522682d7b6762f5b323988276eb23fe65a3386c1286836e952bc8a71c1d4667e\
             2e19a0da7f1978782ceb310ad3",
        ),
        (
            own,
            "pässwörd",
            "01111111111111111111111111111111114444444444444444444444444382e8b55469b532d9c5f5c236826cb61a7738\
             44da2625a9cce2aeb21911397c1f5ffd639cd6908875e99efa1b127d9bca1d3d2c5706f44f7d5e8a564c7b417288b317\
             bccd7dee803f422fffc6af7930",
        ),
    ] {
        let sealed = key().seal_with(&[0x44; NONCE], &row, &secret(text));
        assert_eq!(hex::encode(sealed.as_bytes()), expected);
        assert_eq!(open(&key(), &row, sealed.as_bytes()), Ok(text.to_owned()));
    }
}

#[test]
fn no_changed_byte_and_no_part_opens() {
    let whole = key().seal(&ROW, &secret("hunter2"), &mut rng()).into_bytes();
    for at in 0..whole.len() {
        for change in [1, 0x80] {
            let mut changed = whole.clone();
            changed[at] ^= change;
            assert_eq!(open(&key(), &ROW, &changed), Err(Unopenable), "byte {at}");
        }
        assert_eq!(open(&key(), &ROW, &whole[..at]), Err(Unopenable), "cut at {at}");
    }
    assert_eq!(open(&key(), &ROW, &[whole.as_slice(), &[0; 64]].concat()), Err(Unopenable));
    assert_eq!(open(&key(), &ROW, &whole), Ok("hunter2".to_owned()));
}

#[test]
fn another_row_or_key_opens_nothing_and_does_not_say_why() {
    let sealed = key().seal(&ROW, &secret("hunter2"), &mut rng()).into_bytes();
    for row in [
        SealedRow { org: Some(Uuid::from_u128(1)), ..ROW },
        SealedRow { org: None, ..ROW },
        SealedRow { kind: "mailbox.token", ..ROW },
        SealedRow { id: Uuid::from_u128(1), ..ROW },
    ] {
        assert_eq!(open(&key(), &row, &sealed), Err(Unopenable), "{row:?}");
    }
    // Another secret key, another id, another salt under the same id.
    for other in [derived(8, 0x11, 9), derived(7, 0x12, 9), derived(7, 0x11, 10)] {
        assert_eq!(open(&other, &ROW, &sealed), Err(Unopenable));
    }
    assert_eq!(Unopenable.to_string(), "a sealed value cannot be opened");
}

/// The header is authenticated: to write another key's id over it, and to take that key, is no way in.
#[test]
fn an_envelope_cannot_be_given_to_another_key() {
    let mut bytes = key().seal(&ROW, &secret("hunter2"), &mut rng()).into_bytes();
    bytes[1..17].copy_from_slice(&[0x12; 16]);
    assert_eq!(SealedEnvelope::from_bytes(bytes.clone()).unwrap().key(), Uuid::from_bytes([0x12; 16]));
    // A key of the other name and the same bytes, which nobody can derive.
    assert_eq!(open(&key().renamed(Uuid::from_bytes([0x12; 16])), &ROW, &bytes), Err(Unopenable));
}

#[test]
fn an_envelope_names_its_key_and_shows_neither_value_nor_length() {
    let mut rng = rng();
    let mut seal = |text: &str| key().seal(&ROW, &secret(text), &mut rng);
    let (one, again, long) = (seal("hunter2"), seal("hunter2"), seal(&"x".repeat(60)));
    assert_eq!(one.key(), key().id());
    assert_ne!(one, again);
    // Nothing of the second is as in the first but the version and the key.
    assert_ne!(one.as_bytes()[17..29], again.as_bytes()[17..29]);
    assert_ne!(one.as_bytes()[29..93], again.as_bytes()[29..93]);
    assert_eq!(one.as_bytes().len(), long.as_bytes().len());
    assert_eq!(seal(&"x".repeat(61)).as_bytes().len(), one.as_bytes().len() + 64);
    let largest = seal(&"x".repeat(KeptSecret::MAX_BYTES)).into_bytes();
    assert_eq!(largest.len(), SealedEnvelope::MAX_BYTES);
    assert_eq!(open(&key(), &ROW, &largest).unwrap().len(), KeptSecret::MAX_BYTES);
    assert!(SealedEnvelope::from_bytes(vec![1; SealedEnvelope::MAX_BYTES + 64]).is_err());
}

/// Randomness that comes twice, as on a copied machine: other values and other rows still share nothing.
#[test]
fn a_nonce_that_comes_twice_gives_nothing_away() {
    let seal = |row: &SealedRow<'_>, text: &str| key().seal(row, &secret(text), &mut rng()).into_bytes();
    let one = seal(&ROW, "hunter2");
    for other in [seal(&ROW, "hunter3"), seal(&SealedRow { id: Uuid::nil(), ..ROW }, "hunter2")] {
        assert_eq!(one[..29], other[..29]);
        let same = one[29..93].iter().zip(&other[29..93]).filter(|(a, b)| a == b).count();
        // By chance one byte in 256 is; a stream cipher would leave all but one of 64.
        assert!(same < 8, "{same} bytes are the same");
    }
}

#[test]
fn printing_shows_no_key_and_no_value() {
    let sealed = key().seal(&ROW, &secret("hunter2"), &mut rng());
    assert_eq!(format!("{:?}", key()), "SealingKey(11111111-1111-1111-1111-111111111111)");
    assert_eq!(format!("{sealed:?}"), "SealedEnvelope(11111111-1111-1111-1111-111111111111, 109 bytes)");
}

#[test]
fn salts_differ_and_have_one_length() {
    let mut rng = rng();
    assert_ne!(SealingKey::fresh_salt(&mut rng), SealingKey::fresh_salt(&mut rng));
    let pepper = Pepper::new(vec![7; 32]).unwrap();
    for salt in [&[][..], &[9; 31], &[9; 33]] {
        assert!(SealingKey::derive(&pepper, Uuid::nil(), salt).is_none());
    }
}

proptest! {
    #[test]
    fn what_is_sealed_opens(
        text in ".{0,300}", kind in ".{0,40}", org in prop::option::of(any::<u128>()), id: u128, seed: u64,
    ) {
        let row = SealedRow { org: org.map(Uuid::from_u128), kind: &kind, id: Uuid::from_u128(id) };
        let sealed = key().seal(&row, &secret(&text), &mut StdRng::seed_from_u64(seed));
        prop_assert_eq!(open(&key(), &row, sealed.as_bytes()), Ok(text));
    }

    #[test]
    fn what_was_not_sealed_stays_closed(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert_eq!(open(&key(), &ROW, &bytes), Err(Unopenable));
        // The same with an outside that is right.
        let mut bytes = bytes;
        bytes.resize(109, 0);
        bytes[0] = 1;
        bytes[1..17].copy_from_slice(key().id().as_bytes());
        prop_assert_eq!(open(&key(), &ROW, &bytes), Err(Unopenable));
    }
}
