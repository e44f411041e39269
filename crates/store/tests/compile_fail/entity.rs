// The entities are private: nobody outside writes a query of his own.
use store::entities::project::Entity;

fn main() {}
