/**
 * A certificate for localhost, signed by itself, and its key: `openssl req -x509 -newkey ec
 * -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=localhost -addext
 * subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1`. It protects nothing.
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBrjCCAVSgAwIBAgIUafxnmMBhXC/90mZpJXjIExHFF+kwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMDIyNDEyN1oYDzIxMjYxMDI3
MjI0MTI3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASDEUi3DWLGE74BvC5TxbMqmPYmhFBw6phhZMfq5uj7Amr3Kip9bWof
eboTuLCWcP3Cth/ZuDQabTndex7OL76Go4GBMH8wHQYDVR0OBBYEFFiD8QVwcJ5y
GhJi9gIr7cTK0RdXMB8GA1UdIwQYMBaAFFiD8QVwcJ5yGhJi9gIr7cTK0RdXMCwG
A1UdEQQlMCOCCWxvY2FsaG9zdIcEfwAAAYcQAAAAAAAAAAAAAAAAAAAAATAPBgNV
HRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDrqhtOEHd8BxOUo6zZj9gN
VIKtJEUa5gKUyXiNe/iy9AIgbc7rrEM163LJxcovAjKk0HndWQdZGJz4/7oobvwn
N1A=
-----END CERTIFICATE-----
`;

export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgXVbk1XRGls0eGe36
QVSPMDFaa/78MsrzL5MUhBlnNYmhRANCAASDEUi3DWLGE74BvC5TxbMqmPYmhFBw
6phhZMfq5uj7Amr3Kip9bWofeboTuLCWcP3Cth/ZuDQabTndex7OL76G
-----END PRIVATE KEY-----
`;
