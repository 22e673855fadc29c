import type { PhotoInput } from '../../api/schema.generated'
import { jpegDataUrl } from '../../lib/photo'

const LIMITS = { longest: 1_600, bytes: 3_000_000 }

/** A photo as it is sent: upright, and no larger than can be read. Fails on what is no picture. */
export async function photoOf(file: Blob): Promise<PhotoInput> {
  const [, base64 = ''] = (await jpegDataUrl(file, LIMITS)).split(',')
  return { mediaType: 'image/jpeg', base64 }
}
