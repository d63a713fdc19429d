//! Organisations with too many requests in their log.

use crate::{on_both, requests};
use g8_domain::Ts;
use uuid::Uuid;

fn request(org: Uuid, number: u128) -> requests::LoggedRequest {
    requests::LoggedRequest {
        id: Uuid::from_u128(number),
        org_id: org,
        request_id: format!("req_{number}"),
        door: "http",
        method: "GET",
        path: "/api/v1/me".to_owned(),
        status: 200,
        key_id: org,
        at: Ts(0),
        duration_us: 1,
    }
}

on_both! {
    async fn the_oldest_of_a_crowded_organisation_go(test) {
        let (many, few) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut tx = test.db.begin().await.unwrap();
        let all: Vec<_> = (1..=7).map(|n| request(many, n)).chain((11..=13).map(|n| request(few, n))).collect();
        requests::insert(&mut tx, &all).await.unwrap();
        assert_eq!(requests::crowded(&mut tx, 5).await.unwrap(), [many]);
        let last = requests::behind(&mut tx, many, 5).await.unwrap().unwrap();
        assert_eq!(last, Uuid::from_u128(2));
        assert_eq!(requests::forget_of(&mut tx, many, last, 1).await.unwrap(), 1);
        assert_eq!(requests::forget_of(&mut tx, many, last, 9).await.unwrap(), 1);
        assert!(requests::crowded(&mut tx, 5).await.unwrap().is_empty());
        assert_eq!(requests::behind(&mut tx, few, 3).await.unwrap(), None);
        assert_eq!(requests::forget(&mut tx, Uuid::from_u128(12), 99).await.unwrap(), 6);
        tx.commit().await.unwrap();
    }
}
