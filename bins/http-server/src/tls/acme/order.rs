//! One certificate, from the order to the chain (RFC 8555), by TLS-ALPN-01 (RFC 8737): the authority
//! connects to this very listener.

use super::Authority;
use crate::{
    Failure,
    tls::{certificates::Certificates, pem::Pair},
};
use instant_acme::{
    Account, AuthorizationHandle, AuthorizationStatus, ChallengeType, Error, Identifier, NewAccount,
    NewOrder, Order, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, DistinguishedName, KeyPair};
use rustls::{crypto::ring::sign::any_supported_type, pki_types::PrivateKeyDer, sign::CertifiedKey};
use std::time::Duration;

/// How long the authority is asked whether it is done.
const PATIENCE: RetryPolicy = RetryPolicy::new().timeout(Duration::from_secs(120));

/// What it says to an account that it does not know.
const NO_ACCOUNT: &str = "urn:ietf:params:acme:error:accountDoesNotExist";

impl Authority {
    /// A certificate for all of the domains, and its key.
    pub(super) async fn fetch(&self, certificates: &Certificates) -> Result<Pair, Failure> {
        let mut order = match self.order().await {
            // Authorities forget accounts, test authorities with every start.
            Err(Error::Api(problem)) if problem.r#type.as_deref() == Some(NO_ACCOUNT) => {
                self.folder.forget_account();
                self.order().await?
            }
            order => order?,
        };
        prove(&mut order, certificates).await?;
        let key = KeyPair::generate()?;
        let mut request = CertificateParams::new(self.settings.domains.clone())?;
        request.distinguished_name = DistinguishedName::new();
        order.finalize_csr(request.serialize_request(&key)?.der()).await?;
        let chain = order.poll_certificate(&PATIENCE).await?;
        let named = |bytes: String| (self.settings.directory.clone().into(), bytes.into_bytes());
        Ok(Pair { cert: named(chain), key: named(key.serialize_pem()) })
    }

    async fn order(&self) -> Result<Order, Error> {
        let names: Vec<Identifier> = self.settings.domains.iter().cloned().map(Identifier::Dns).collect();
        self.account().await?.new_order(&NewOrder::new(&names)).await
    }

    async fn account(&self) -> Result<Account, Error> {
        let builder = || match &self.settings.ca {
            Some(ca) => Account::builder_with_root(ca),
            None => Account::builder(),
        };
        if let Some(known) = self.folder.account() {
            return builder()?.from_credentials(known).await;
        }
        let contact = self.settings.contact.as_ref().map(|address| format!("mailto:{address}"));
        let contact: Vec<&str> = contact.iter().map(String::as_str).collect();
        let new =
            NewAccount { contact: &contact, terms_of_service_agreed: true, only_return_existing: false };
        let (account, credentials) = builder()?.create(&new, self.settings.directory.clone(), None).await?;
        self.folder.keep_account(&credentials).map_err(|cause| Error::Other(cause.into()))?;
        Ok(account)
    }
}

/// Shows the authority that every name leads here.
async fn prove(order: &mut Order, certificates: &Certificates) -> Result<(), Failure> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        if authorization.status == AuthorizationStatus::Pending {
            answer(&mut authorization, certificates).await?;
        }
    }
    match order.poll_ready(&PATIENCE).await {
        Ok(OrderStatus::Ready) => Ok(()),
        Ok(_) => Err(why(order).await.into()),
        Err(Error::Api(problem)) => Err(format!("{problem}: {}", why(order).await).into()),
        Err(error) => Err(error.into()),
    }
}

async fn answer<'a>(
    authorization: &'a mut AuthorizationHandle<'a>,
    certificates: &Certificates,
) -> Result<(), Failure> {
    let mut challenge = authorization
        .challenge(ChallengeType::TlsAlpn01)
        .ok_or("the authority offers no TLS-ALPN-01; use another, or certificate files")?;
    let name = challenge.identifier().to_string();
    let proof = CustomExtension::new_acme_identifier(challenge.key_authorization().digest().as_ref());
    let mut params = CertificateParams::new(vec![name.clone()])?;
    params.custom_extensions = vec![proof];
    let key = KeyPair::generate()?;
    let certificate = params.self_signed(&key)?.der().clone();
    let key = any_supported_type(&PrivateKeyDer::try_from(key.serialize_der())?)?;
    certificates.answer(name, CertifiedKey::new(vec![certificate], key));
    Ok(challenge.set_ready().await?)
}

/// What the authority found at each name.
async fn why(order: &mut Order) -> String {
    let mut found = Vec::new();
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        let name = authorization.identifier().to_string();
        if let Ok(state) = authorization.refresh().await {
            let problems = state.challenges.iter().filter_map(|challenge| challenge.error.as_ref());
            found.extend(problems.map(|problem| format!("{name}: {problem}")));
        }
    }
    if found.is_empty() { "the authority refused, and does not say why".to_owned() } else { found.join("; ") }
}
