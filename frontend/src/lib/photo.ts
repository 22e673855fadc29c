// A photo stays readable at the worst of these.
const QUALITIES = [0.85, 0.7, 0.5]

interface Size {
  width: number
  height: number
}

interface Limits {
  /** The longest side, in pixels. */
  longest: number
  /** The most bytes of the picture. */
  bytes: number
  /** Whether only the square in the middle is kept. */
  square?: boolean
}

/** The size that keeps a picture's proportions and has no side longer than that. */
export function fit({ width, height }: Size, longest: number): Size {
  const larger = Math.max(width, height)
  if (larger <= longest) return { width, height }
  const scaled = (side: number) => Math.max(1, Math.round((side * longest) / larger))
  return { width: scaled(width), height: scaled(height) }
}

/** The largest square in the middle of a picture. */
export function middle({ width, height }: Size): Size & { left: number; top: number } {
  const side = Math.min(width, height)
  return {
    left: Math.floor((width - side) / 2),
    top: Math.floor((height - side) / 2),
    width: side,
    height: side,
  }
}

/**
 * A picture as a data URL of a JPEG: upright, within the limits, and without what the camera noted in it. Fails on what
 * is no picture.
 */
export async function jpegDataUrl(file: Blob, limits: Limits): Promise<string> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const canvas = paint(picture, limits)
  picture.close()
  for (const quality of QUALITIES) {
    const jpeg = await jpegOf(canvas, quality)
    if (jpeg.size < limits.bytes) return dataUrlOf(jpeg)
  }
  throw new RangeError('this picture does not get small enough')
}

function paint(picture: ImageBitmap, { longest, square }: Limits): HTMLCanvasElement {
  const { width, height } = picture
  const part = square ? middle(picture) : { left: 0, top: 0, width, height }
  const size = fit(part, longest)
  const canvas = Object.assign(document.createElement('canvas'), size)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser cannot draw')
  // JPEG knows nothing transparent, and turns it black.
  context.fillStyle = 'white'
  context.fillRect(0, 0, size.width, size.height)
  context.imageSmoothingQuality = 'high'
  const { left, top } = part
  context.drawImage(picture, left, top, part.width, part.height, 0, 0, size.width, size.height)
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

function dataUrlOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => {
      resolve(reader.result as string)
    }
    reader.onerror = () => {
      reject(new Error('this picture cannot be read'))
    }
    reader.readAsDataURL(blob)
  })
}
