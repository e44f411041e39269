//! Pictures of people: uploaded, served, removed.

use axum::body::Body;
use base64::{Engine, engine::general_purpose::STANDARD};
use http::header;

use crate::browser::{ORIGIN, World};

const PATH: &str = "/v1/me/profile_image";
/// One grey pixel.
const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\x80\x80\x80\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

/// A multipart form with one file.
fn form(field: &str, bytes: &[u8]) -> (&'static str, Vec<u8>) {
    let head = format!(
        "--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"a.png\"\r\n\
         Content-Type: image/png\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat();
    ("multipart/form-data; boundary=b", body)
}

#[tokio::test]
async fn a_picture_is_uploaded_served_for_ever_and_removed() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let (content_type, body) = form("file", GIF);
    let image = ada.upload(PATH, content_type, body).await;
    assert_eq!(image.response()["object"], "image");
    let user = &image.json["client"]["sessions"][0]["user"];
    assert_eq!(user["has_image"], true);
    let url = image.response()["public_url"].as_str().unwrap().to_owned();
    assert_eq!(user["image_url"], url);
    assert!(url.starts_with(ORIGIN), "{url}");

    let served = world.stranger().get(&url).await;
    // What the file says of itself counts, not what the form says.
    assert_eq!(served.headers[header::CONTENT_TYPE], "image/gif");
    assert!(
        served.headers[header::CACHE_CONTROL]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    assert_eq!(served.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");

    // Another picture has another address, and the former one is gone.
    let text = STANDARD.encode(GIF);
    let octets = "application/octet-stream";
    let next = ada
        .upload(PATH, octets, format!("data:image/gif;base64,{text}"))
        .await;
    assert_ne!(next.response()["public_url"], url);
    assert_eq!(
        world.stranger().get(&url).await.error().1,
        "resource_not_found"
    );
    let next = ada.upload(PATH, octets, GIF).await;
    let url = next.response()["public_url"].as_str().unwrap().to_owned();

    let removed = ada.post(&format!("{PATH}?_method=DELETE"), &[]).await;
    assert_eq!(removed.response()["deleted"], true);
    let user = &removed.json["client"]["sessions"][0]["user"];
    assert_eq!(user["has_image"], false);
    assert!(user["image_url"].as_str().unwrap().contains("/v1/avatars/"));
    assert_eq!(world.stranger().get(&url).await.error().0, 404);
    let again = ada.post(&format!("{PATH}?_method=DELETE"), &[]).await;
    assert_eq!(again.error(), (404, "image_not_found", None));
    assert_eq!(world.events("user.updated").await, 4);
}

#[tokio::test]
async fn only_pictures_of_a_bounded_size_and_only_of_people_who_are_signed_in() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    for (field, bytes, expected) in [
        (
            "file",
            &b"<svg onload=alert(1)>"[..],
            (415, "unsupported_content_type"),
        ),
        ("picture", GIF, (400, "form_param_missing")),
        ("file", b"", (400, "form_param_missing")),
    ] {
        let (content_type, body) = form(field, bytes);
        let refused = ada.upload(PATH, content_type, body).await;
        let (status, code, _) = refused.error();
        assert_eq!((status, code), expected);
    }
    let mut large = GIF.to_vec();
    large.resize(10 * 1024 * 1024 + 1, 0);
    for body in [large, vec![0; 20 * 1024 * 1024]] {
        let (content_type, body) = form("file", &body);
        let refused = ada.upload(PATH, content_type, body).await;
        assert_eq!(refused.error(), (413, "image_too_large", Some("file")));
    }
    let broken = ada
        .upload(PATH, "multipart/form-data", Body::from("x"))
        .await;
    assert_eq!(broken.error().1, "request_body_invalid");

    let (content_type, body) = form("file", GIF);
    let mut nobody = world.browser().await;
    let refused = nobody.upload(PATH, content_type, body).await;
    assert_eq!(refused.error(), (401, "signed_out", None));
    assert_eq!(world.events("user.updated").await, 0);
}

#[tokio::test]
async fn a_deleted_persons_picture_is_gone() {
    let (world, _) = World::with_person("ada@example.com").await;
    let mut ada = world.signed_in("ada@example.com").await;
    let image = ada.upload(PATH, "application/octet-stream", GIF).await;
    let url = image.response()["public_url"].as_str().unwrap().to_owned();
    ada.post("/v1/me?_method=DELETE", &[]).await.response();
    assert_eq!(world.stranger().get(&url).await.error().0, 404);
}
