const CHUNK = 0x8000

/** A file that somebody chose, as it is sent and as text to guess its format from. */
export interface ChosenFile {
  name: string
  base64: string
  text: string
}

/** Reads a file whole. Its charset is for the server to find out; the text is good enough to guess by. */
export async function readFile(file: File): Promise<ChosenFile> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return { name: file.name, base64: base64Of(bytes), text: new TextDecoder().decode(bytes) }
}

function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  }
  return btoa(binary)
}

/** The server takes 6 MiB of a request, and base64 makes four bytes of three. */
export const MOST_BYTES = 4_000_000
