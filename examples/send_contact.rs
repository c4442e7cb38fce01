//! Sends a contact to a telephone number: any HTTP client will do, here it is ureq.
//!
//! ```text
//! CHERT_SIGNING_SECRET=secret cargo run --example send_contact --features http,sign -- \
//!     http://127.0.0.1:8080 acme +14155550123
//! ```

use vcardinal::contact::Contact;
use vcardinal::send_contact::{Credentials, ResponseError, SendContact, SendContactResponse};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("expected: BASE-URL TENANT NUMBER");
    let (base_url, tenant, number) = (next()?, next()?, next()?);
    let secret = std::env::var("CHERT_SIGNING_SECRET")?;

    let contact = Contact::builder()
        .full_name("Zoe Quist")
        .phone("+442079460123", "mobile")
        .email("zoe@example.com", "work")
        .build()?;
    let request = SendContact::to_phone(number.parse()?)
        .contact(contact)
        .base_url(base_url.parse()?)
        .sign(&Credentials::hmac(tenant, secret))?;

    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false) // the body of an error says more than its status
        .timeout_global(Some(std::time::Duration::from_secs(30)))
        .build()
        .into();
    let (head, mut body) = agent.run(request.try_into_http()?)?.into_parts();
    let body = body.read_to_vec()?;
    match SendContactResponse::from_parts(head.status.as_u16(), &head.headers, &body) {
        Ok(response) => println!("{} to {}", response.status, response.chat_id),
        Err(ResponseError::Api(error)) if error.retryable => {
            println!(
                "{error}; try again in {:?}",
                error.retry_after.unwrap_or_default()
            );
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
