use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    ApiClient, ApiError, Deleted, Listing, Machine, MachineScope, Page, Secret, call::Call,
    pages::Paging, params::params,
};

/// Calls about machines. Each fails with any [`ApiError`].
#[derive(Clone, Copy)]
pub struct Machines<'a>(pub(super) &'a ApiClient);

#[derive(Deserialize)]
struct SecretKeyAnswer {
    secret: Secret,
}

impl Machines<'_> {
    /// One machine.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn get(&self, id: &str) -> Result<Machine, ApiError> {
        self.0.run(Call::get(&["machines", id])).await
    }

    /// One page of the instance's machines.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn list(&self, params: &ListMachines) -> Result<Page<Machine>, ApiError> {
        self.0.run(Call::get(&["machines"]).query(params)).await
    }

    /// All of the instance's machines.
    pub fn stream(&self, params: &ListMachines) -> Listing<Machine> {
        let call = Call::get(&["machines"]).query(params);
        self.0.pages(call, Paging::Offset)
    }

    /// Makes a machine. Its [`Machine::secret_key`] is in the answer.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn create(&self, machine: &CreateMachine) -> Result<Machine, ApiError> {
        self.0.run(Call::post(&["machines"]).body(machine)).await
    }

    /// Changes a machine.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn update(&self, id: &str, changes: &UpdateMachine) -> Result<Machine, ApiError> {
        self.0
            .run(Call::patch(&["machines", id]).body(changes))
            .await
    }

    /// Deletes a machine with its tokens.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete(&self, id: &str) -> Result<Deleted, ApiError> {
        self.0.run(Call::delete(&["machines", id])).await
    }

    /// The key that the machine authenticates with.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn secret_key(&self, id: &str) -> Result<Secret, ApiError> {
        let call = Call::get(&["machines", id, "secret_key"]);
        let answer: SecretKeyAnswer = self.0.run(call).await?;
        Ok(answer.secret)
    }

    /// Gives the machine a new key. The old one works for another `previous_token_ttl`
    /// seconds.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn rotate_secret_key(
        &self,
        id: &str,
        previous_token_ttl: u64,
    ) -> Result<Secret, ApiError> {
        let call = Call::post(&["machines", id, "secret_key", "rotate"]);
        let body = json!({ "previous_token_ttl": previous_token_ttl });
        let answer: SecretKeyAnswer = self.0.run(call.body(&body)).await?;
        Ok(answer.secret)
    }

    /// Lets machine `id` call machine `to`.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn create_scope(&self, id: &str, to: &str) -> Result<MachineScope, ApiError> {
        let body = json!({ "to_machine_id": to });
        self.0
            .run(Call::post(&["machines", id, "scopes"]).body(&body))
            .await
    }

    /// No longer lets machine `id` call machine `to`.
    ///
    /// # Errors
    /// Not found, or any other [`ApiError`].
    pub async fn delete_scope(&self, id: &str, to: &str) -> Result<MachineScope, ApiError> {
        self.0
            .run(Call::delete(&["machines", id, "scopes", to]))
            .await
    }
}

params! {
    /// A machine to be made.
    #[derive(Default)]
    pub struct CreateMachine {
        /// Its name. Clerk demands it.
        pub name: String,
        /// The machines it may call: `mch_…`.
        pub scoped_machines: Vec<String>,
        /// How long its tokens live if nothing else is said, in seconds.
        pub default_token_ttl: Option<u64>,
    }
}

params! {
    /// What to change in a machine.
    #[derive(Default)]
    pub struct UpdateMachine {
        /// Its name.
        pub name: Option<String>,
        /// How long its tokens live if nothing else is said, in seconds.
        pub default_token_ttl: Option<u64>,
    }
}

/// Which machines to list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListMachines {
    /// Only those whose name or identifier holds this text.
    pub query: Option<String>,
    /// `name` or `created_at`, with `-` for the reverse.
    pub order_by: Option<String>,
    /// How many on a page, 1 to 500; Clerk's default is 10.
    pub limit: Option<u32>,
    /// How many to leave out at the start.
    pub offset: u64,
}
