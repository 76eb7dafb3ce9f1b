internal import CoordinatorAPI
internal import CoordinatorPages

extension Reply {
  /// Nothing from elsewhere, nothing inline, in no frame; forms go back here. Source: Content Security Policy Level 3.
  private static let policy = """
    default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'
    """

  static func page(_ bytes: [UInt8], status: Int = 200) -> Reply {
    var reply = Reply(status: status, bytes: bytes, contentType: "text/html; charset=utf-8")
    reply.headers = [
      "Content-Security-Policy": policy, "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY",
      "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    ]
    return reply
  }

  static func asset(_ asset: PageAsset) -> Reply {
    var reply = Reply(bytes: Array(asset.text.utf8), contentType: asset.contentType)
    reply.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return reply
  }

  static func csv(_ text: String, name: String) -> Reply {
    var reply = Reply(bytes: Array(text.utf8), contentType: "text/csv; charset=utf-8; header=present")
    reply.headers["Content-Disposition"] = "attachment; filename=\"\(name).csv\""
    return reply
  }

  /// To another page, by GET (RFC 9110, section 15.4.4).
  static func seeOther(_ path: String) -> Reply {
    var reply = Reply(status: 303, bytes: [], contentType: "")
    reply.headers["Location"] = path
    return reply
  }
}
