import type { PhotoInput } from '../../api/schema.generated'

const LONGEST_PX = 1_600
const LARGEST_BYTES = 3_000_000
// A receipt stays readable at the worst of these.
const QUALITIES = [0.85, 0.7, 0.5]

interface Size {
  width: number
  height: number
}

/** The size that keeps a picture's proportions and has no side longer than that. */
export function fit({ width, height }: Size, longest = LONGEST_PX): Size {
  const larger = Math.max(width, height)
  if (larger <= longest) return { width, height }
  const scaled = (side: number) => Math.max(1, Math.round((side * longest) / larger))
  return { width: scaled(width), height: scaled(height) }
}

/** A photo as it is sent: upright, and no larger than can be read. Fails on what is no picture. */
export async function photoOf(file: Blob): Promise<PhotoInput> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const canvas = paint(picture)
  picture.close()
  for (const quality of QUALITIES) {
    const jpeg = await jpegOf(canvas, quality)
    if (jpeg.size < LARGEST_BYTES) return { mediaType: jpeg.type, base64: await base64Of(jpeg) }
  }
  throw new RangeError('this picture does not get small enough')
}

function paint(picture: ImageBitmap): HTMLCanvasElement {
  const { width, height } = fit(picture)
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser cannot draw')
  // JPEG knows nothing transparent, and turns it black.
  context.fillStyle = 'white'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  return canvas
}

function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    const take = (blob: Blob | null) => {
      if (blob) resolve(blob)
      else reject(new Error('this picture cannot be written'))
    }
    canvas.toBlob(take, 'image/jpeg', quality)
  })
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => {
      const [, base64 = ''] = (reader.result as string).split(',')
      resolve(base64)
    }
    reader.onerror = () => {
      reject(new Error('this picture cannot be read'))
    }
    reader.readAsDataURL(blob)
  })
}
