//! Secrets in buckets of 64 bytes, so that an envelope does not show how long a password is.
//!
//! The length as four bytes, big-endian; the text; zeros up to the bucket's end.

use super::KeptSecret;
use zeroize::Zeroizing;

/// Envelopes grow in steps of this many bytes.
pub const BUCKET: usize = 64;

const LENGTH: usize = size_of::<u32>();

/// How many bytes a text of `length` bytes takes.
pub const fn padded(length: usize) -> usize {
    (LENGTH + length).next_multiple_of(BUCKET)
}

/// The secret in its bucket, put together in one place: a buffer that grew would leave copies behind.
pub fn pad(secret: &KeptSecret) -> Zeroizing<Vec<u8>> {
    let text = secret.reveal().as_bytes();
    let mut bytes = Zeroizing::new(vec![0; padded(text.len())]);
    bytes[..LENGTH].copy_from_slice(&(text.len() as u32).to_be_bytes());
    bytes[LENGTH..][..text.len()].copy_from_slice(text);
    bytes
}

/// The secret that was padded; none where nothing was.
pub fn unpad(bytes: &[u8]) -> Option<KeptSecret> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
    let length = u32::from_be_bytes(*length) as usize;
    let (text, zeros) = rest.split_at_checked(length)?;
    let whole = padded(length) == bytes.len() && zeros.iter().all(|byte| *byte == 0);
    let text = std::str::from_utf8(text).ok().filter(|_| whole)?;
    KeptSecret::new(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn secret(text: &str) -> KeptSecret {
        KeptSecret::new(text.to_owned()).unwrap()
    }

    #[test]
    fn all_lengths_of_a_bucket_look_alike() {
        let length = |bytes: usize| pad(&secret(&"x".repeat(bytes))).len();
        assert_eq!([0, 1, 8, 60, 61, 124, 125].map(length), [64, 64, 64, 64, 128, 128, 192]);
    }

    #[test]
    fn what_was_not_padded_here_is_refused() {
        let whole = pad(&secret("hunter2"));
        assert_eq!(unpad(&whole).unwrap().reveal(), "hunter2");
        let changed = |at: usize, to: u8| {
            let mut bytes = whole.to_vec();
            bytes[at] = to;
            unpad(&bytes).is_none()
        };
        // A length beyond the bucket, one beyond memory, a letter too few, no text, a letter after the end.
        assert!(changed(3, 61) && changed(0, 255) && changed(3, 6) && changed(4, 0xff) && changed(63, b'x'));
        assert!(unpad(&whole[..63]).is_none() && unpad(&[whole.as_slice(), &[0; 64]].concat()).is_none());
    }

    proptest! {
        #[test]
        fn every_text_comes_back_and_every_bytes_are_read_or_refused(text in ".{0,200}", bytes: Vec<u8>) {
            let secret = secret(&text);
            let back = unpad(&pad(&secret)).unwrap();
            prop_assert_eq!(back.reveal(), text);
            if let Some(read) = unpad(&bytes) {
                prop_assert_eq!(pad(&read).to_vec(), bytes);
            }
        }
    }
}
