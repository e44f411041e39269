//! The authenticator app of a test: it keeps a secret and shows its codes.

use totp_rs::{Builder, Secret};

use super::{Browser, World};

pub struct App {
    secret: String,
    pub backup_codes: Vec<String>,
}

impl App {
    /// Sets an app up for whoever is signed in in this browser. The code it takes is used up: tests
    /// move the clock on before the next one.
    pub async fn set_up(world: &World, browser: &mut Browser) -> Self {
        let mut app = Self::begun(browser).await;
        let code = app.code(world);
        let path = "/v1/me/totp/attempt_verification";
        let done = browser.post(path, &[("code", &code)]).await;
        let codes = done.response()["backup_codes"].as_array().unwrap();
        let codes = codes.iter().map(|code| code.as_str().unwrap().to_owned());
        app.backup_codes = codes.collect();
        world.clock.advance(30_000);
        app
    }

    /// The same before its first code.
    pub async fn begun(browser: &mut Browser) -> Self {
        let made = browser.post("/v1/me/totp", &[]).await;
        Self::holding(made.response()["secret"].as_str().unwrap())
    }

    /// An app into which this secret was typed, blanks and all.
    pub fn holding(secret: &str) -> Self {
        Self {
            secret: secret.replace(' ', ""),
            backup_codes: Vec::new(),
        }
    }

    /// What it shows at the world's time.
    pub fn code(&self, world: &World) -> String {
        let secret = Secret::try_from_base32(&self.secret).unwrap();
        let totp = Builder::new().with_secret(secret).build().unwrap();
        let now_s = u64::try_from(world.clerk.state().now_ms() / 1000).unwrap();
        totp.generate(now_s).to_string()
    }
}
