use super::{ApiClient, ApiError, TestingToken, call::Call};

/// Calls about tokens that take tests past the check for robots. Each fails with any
/// [`ApiError`].
#[derive(Clone, Copy)]
pub struct TestingTokens<'a>(pub(super) &'a ApiClient);

impl TestingTokens<'_> {
    /// Makes a token.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create(&self) -> Result<TestingToken, ApiError> {
        self.0.run(Call::post(&["testing_tokens"])).await
    }
}
