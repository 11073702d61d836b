//! The one fetch: no cookie, no redirect, no referrer, no cache, twenty seconds, eight megabytes.
//!
//! The headers are made here, because gloo-net panics on headers that the browser refuses. It also panics on rejections that
//! are not an `Error`: the browser's own always are, and nothing here aborts with its own reason.

use gloo_net::http;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Headers, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials,
    RequestMode, RequestRedirect,
};

use crate::host::{Body, FetchError, HttpRequest, LARGEST_BODY, TIME_OUT};
use crate::provider::Answer;

pub(super) async fn fetch(request: &HttpRequest) -> Result<Answer, FetchError> {
    let time_out = u32::try_from(TIME_OUT).unwrap_or(u32::MAX);
    let headers = headers(request).map_err(|_| FetchError::Unsendable)?;
    let asked = http::Request::get(&request.url)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .cache(RequestCache::NoStore)
        .mode(RequestMode::Cors)
        .abort_signal(Some(&AbortSignal::timeout_with_u32(time_out)));
    let asked = asked.headers(http::Headers::from_raw(headers));
    let sent = match &request.body {
        Some(body) => {
            let text = match body {
                Body::Json(text) => text.as_str(),
                // EXPOSE: the driver made it for this origin.
                Body::Form(fields) => fields.expose(),
            };
            asked.method(http::Method::POST).body(text)
        }
        None => asked.build(),
    };
    let response =
        sent.map_err(|_| FetchError::Unsendable)?.send().await.map_err(|error| unreached(&error))?;
    let header = |name| response.headers().get(name);
    let (retry_after, date) = (header("retry-after"), header("date"));
    let body = String::from_utf8(read(&response).await?);
    let body = body.unwrap_or_else(|bad| String::from_utf8_lossy(bad.as_bytes()).into_owned());
    Ok(Answer { status: response.status(), retry_after, date, body })
}

/// Reads a file of the package; packaged files are next to the worker.
pub(super) async fn asset(name: &str) -> Option<Vec<u8>> {
    let response = http::Request::get(name).send().await.ok()?;
    read(&response).await.ok()
}

/// The headers of a request. Fails if one has content that no header may have.
fn headers(request: &HttpRequest) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        // EXPOSE: the driver attached it for this origin.
        headers.append(name, value.expose())?;
    }
    let kind = request.body.as_ref().map(|body| match body {
        Body::Json(_) => "application/json",
        Body::Form(_) => "application/x-www-form-urlencoded",
    });
    kind.map_or(Ok(()), |kind| headers.append("Content-Type", kind))?;
    Ok(headers)
}

/// Reads the body piece by piece, so that an endless one is cut off.
async fn read(response: &http::Response) -> Result<Vec<u8>, FetchError> {
    let Some(stream) = response.body() else { return Ok(Vec::new()) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut body = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await.map_err(|error| of_name(&error))?;
        let field = |name: &str| Reflect::get(&piece, &JsValue::from_str(name)).unwrap_or_default();
        if field("done").is_truthy() {
            break;
        }
        body.extend(field("value").unchecked_into::<Uint8Array>().to_vec());
        if body.len() > LARGEST_BODY {
            let _ = reader.cancel();
            return Err(FetchError::TooLong);
        }
    }
    Ok(body)
}

fn unreached(error: &gloo_net::Error) -> FetchError {
    match error {
        gloo_net::Error::JsError(error) if is_time_out(&error.name) => FetchError::TimedOut,
        _ => FetchError::Offline,
    }
}

fn of_name(error: &JsValue) -> FetchError {
    let name = Reflect::get(error, &JsValue::from_str("name")).ok().and_then(|name| name.as_string());
    if name.is_some_and(|name| is_time_out(&name)) { FetchError::TimedOut } else { FetchError::Offline }
}

/// Older browsers report a time-out as an `AbortError`.
fn is_time_out(name: &str) -> bool {
    matches!(name, "TimeoutError" | "AbortError")
}
