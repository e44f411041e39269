//! The few settings of the server that these commands need as well: the environment, then `.env`.

use std::{
    collections::HashMap,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
};

use crate::problem::Problem;

/// Where the server listens and what people type.
#[derive(Debug)]
pub struct Settings {
    /// `TENANTRY_ADDR`.
    pub addr: SocketAddr,
    /// `PUBLIC_URL`, without a slash at its end.
    pub public_url: String,
    /// Whether keys of a real Clerk are set; then there is no local instance to seed.
    pub real_clerk: bool,
}

impl Settings {
    /// Reads the environment and `.env`. The server itself checks values in full.
    pub fn read(root: &Path) -> Result<Self, Problem> {
        let mut values: HashMap<String, String> = match dotenvy::from_path_iter(root.join(".env")) {
            Ok(pairs) => pairs.flatten().collect(),
            Err(_) => HashMap::new(),
        };
        values.extend(std::env::vars());
        Self::from_values(&values)
    }

    fn from_values(values: &HashMap<String, String>) -> Result<Self, Problem> {
        let get = |name: &str| {
            values
                .get(name)
                .map(|value| value.trim())
                .filter(|value| !value.is_empty())
        };
        let addr = get("TENANTRY_ADDR").unwrap_or("127.0.0.1:3000");
        let addr = addr.parse().map_err(|_| {
            Problem::new(
                "TENANTRY_ADDR can't be used",
                format!("\"{addr}\" is not an IP address with a port"),
            )
            .fix("TENANTRY_ADDR=127.0.0.1:3000 cargo xtask dev")
        })?;
        let public_url = get("PUBLIC_URL").unwrap_or("http://localhost:3000");
        Ok(Self {
            addr,
            public_url: public_url.trim_end_matches('/').to_owned(),
            real_clerk: ["CLERK_SECRET_KEY", "CLERK_PUBLISHABLE_KEY"]
                .into_iter()
                .any(|name| get(name).is_some()),
        })
    }

    /// Says so now when the port is taken, and not after minutes of building.
    pub fn check_port(&self) -> Result<(), Problem> {
        let port = self.addr.port();
        match TcpListener::bind(self.addr) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                let other = port.checked_add(1).unwrap_or(3000);
                Err(Problem::new(
                    format!("port {port} is taken"),
                    format!("another program listens on {}", self.addr),
                )
                .fix(format!(
                    "stop that program (`ss -ltnp 'sport = :{port}'` names it), or take another \
                     port: TENANTRY_ADDR=127.0.0.1:{other} PUBLIC_URL=http://localhost:{other} \
                     cargo xtask dev"
                )))
            }
            Err(error) => Err(Problem::new(
                format!("can't listen on {}", self.addr),
                error.to_string(),
            )
            .fix("TENANTRY_ADDR=127.0.0.1:3000 cargo xtask dev")),
        }
    }

    /// Where the running server is reached from this machine.
    pub fn reachable(&self) -> SocketAddr {
        if self.addr.ip().is_unspecified() {
            SocketAddr::from((Ipv4Addr::LOCALHOST, self.addr.port()))
        } else {
            self.addr
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(values: &[(&str, &str)]) -> Result<Settings, Problem> {
        let values = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Settings::from_values(&values)
    }

    #[test]
    fn defaults_are_those_of_the_server() {
        let settings = settings(&[("TENANTRY_ADDR", " ")]).unwrap();
        assert_eq!(settings.addr.to_string(), "127.0.0.1:3000");
        assert_eq!(settings.public_url, "http://localhost:3000");
        assert!(!settings.real_clerk);
    }

    #[test]
    fn a_wrong_address_names_its_variable() {
        let problem = settings(&[("TENANTRY_ADDR", "port 80")]).unwrap_err();
        assert!(problem.to_string().contains("TENANTRY_ADDR"));
    }

    #[test]
    fn a_taken_port_is_named_with_a_way_out() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = taken.local_addr().unwrap();
        let settings = settings(&[("TENANTRY_ADDR", &addr.to_string())]).unwrap();
        let problem = settings.check_port().unwrap_err().to_string();
        assert!(problem.contains(&format!("port {} is taken", addr.port())));
        assert!(problem.contains("fix:"));
    }
}
