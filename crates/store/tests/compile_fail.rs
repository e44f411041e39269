//! What must not compile: any way to an organization's rows but through a scope.

#[test]
fn there_is_no_way_around_a_scope() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
