//! Certificates by ACME, from pebble.
