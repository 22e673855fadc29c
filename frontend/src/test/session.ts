/** Lets somebody be signed in at this browser, for whatever is shown next. */
export function beSignedIn(userId: string): void {
  const accessToken = `header.${btoa(JSON.stringify({ sub: userId }))}.signature`
  const renewAt = Date.now() + 3_600_000
  localStorage.setItem('quits.session', JSON.stringify({ accessToken, refreshToken: 'r', renewAt }))
}
