//! argon2 digests of passwords in PHC form, worked out in memory that is kept.
//!
//! Each takes 19 MiB while it is worked out. Given back and taken anew, on one thread after the other,
//! these would stay with the process many times over.

use std::sync::{Mutex, MutexGuard, PoisonError};

use argon2::{
    Algorithm, Argon2, Block, Params, Version,
    password_hash::{
        self,
        phc::{Output, ParamsString, PasswordHash, Salt},
    },
};

use crate::error::{LocalError, Result};

/// The memory of digests worked out before; as many as are worked out at once.
static MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

/// The argon2id digest of a password at the OWASP minimum: 19 MiB, two passes, one lane.
///
/// # Errors
/// [`LocalError::Invalid`] when it can't be worked out.
pub(super) fn digest(password: &str) -> Result<String> {
    let make = || -> password_hash::Result<PasswordHash> {
        let salt = Salt::generate();
        let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
        work_out(&Argon2::default(), password, &salt, &mut out)?;
        Ok(PasswordHash {
            algorithm: Algorithm::default().ident(),
            version: Some(Version::default().into()),
            params: ParamsString::try_from(&Params::DEFAULT)?,
            salt: Some(salt),
            hash: Some(Output::new(&out)?),
        })
    };
    let digest = make()
        .map_err(|error| LocalError::Invalid(format!("hashing a password failed: {error}")))?;
    Ok(digest.to_string())
}

/// Whether a digest is one of this password.
///
/// # Errors
/// [`LocalError::Invalid`] for what is no digest.
pub(super) fn matches(password: &str, digest: &str) -> Result<bool> {
    let digest = PasswordHash::new(digest)
        .map_err(|error| LocalError::Invalid(format!("a stored digest: {error}")))?;
    Ok(again(password, &digest).is_ok_and(|output| Some(output) == digest.hash))
}

/// Whether passwords can be compared with a digest: argon2 in PHC form.
pub fn usable_digest(digest: &str) -> bool {
    PasswordHash::new(digest).is_ok_and(|digest| {
        digest.algorithm.as_str().starts_with("argon2") && digest.hash.is_some()
    })
}

/// What a password comes to with the salt and the parameters of a digest.
fn again(password: &str, digest: &PasswordHash) -> password_hash::Result<Output> {
    let invalid = password_hash::Error::PasswordInvalid;
    let (Some(salt), Some(expected)) = (&digest.salt, &digest.hash) else {
        return Err(invalid);
    };
    let algorithm = Algorithm::try_from(digest.algorithm.as_str())?;
    let version = digest.version.map(Version::try_from).transpose()?;
    let params = Params::try_from(digest)?;
    let argon2 = Argon2::new(algorithm, version.unwrap_or_default(), params);
    let mut out = [0; Output::MAX_LENGTH];
    let out = out.get_mut(..expected.len()).ok_or(invalid)?;
    work_out(&argon2, password, salt, out)?;
    Output::new(out).map_err(|_| password_hash::Error::OutputSize)
}

fn work_out(
    argon2: &Argon2<'_>,
    password: &str,
    salt: &Salt,
    out: &mut [u8],
) -> password_hash::Result<()> {
    let mut memory = kept().pop().unwrap_or_default();
    let usual = Params::DEFAULT.block_count();
    let needed = argon2.params().block_count();
    memory.resize(needed.max(usual), Block::new());
    let (password, blocks) = (password.as_bytes(), &mut memory[..needed]);
    let done = argon2.hash_password_into_with_memory(password, salt, out, blocks);
    // Digests made elsewhere may take much more.
    if memory.len() == usual {
        kept().push(memory);
    }
    Ok(done?)
}

fn kept() -> MutexGuard<'static, Vec<Vec<Block>>> {
    MEMORY.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher, PasswordVerifier};

    use super::*;

    #[test]
    fn they_are_those_of_the_library() {
        let own = digest("a password").unwrap();
        let verified = Argon2::default().verify_password(b"a password", own.as_str());
        assert!(verified.is_ok(), "{own}");
        for params in [(19_456, 2, 1), (1_024, 3, 2), (32_768, 1, 1)] {
            let params = Params::new(params.0, params.1, params.2, None).unwrap();
            let other = Argon2::new(Algorithm::Argon2i, Version::V0x13, params);
            let other = other.hash_password(b"a password").unwrap().to_string();
            assert!(matches("a password", &other).unwrap(), "{other}");
            assert!(!matches("another one", &other).unwrap(), "{other}");
        }
        assert!(matches("a password", "no digest").is_err());
        let without = own.rsplit_once('$').unwrap().0;
        assert!(!matches("a password", without).unwrap());
        assert!(usable_digest(&own) && !usable_digest(without));
    }
}
