/** Soft colours for tiles and avatars: a background and a text that stands out from it, light and dark. */
export const TINTS = {
  violet: 'bg-[light-dark(#e9def5,#3a2c52)] text-[light-dark(#55308a,#cfb4f5)]',
  blue: 'bg-[light-dark(#d9ecf2,#173a46)] text-[light-dark(#135a70,#8fd3e8)]',
  coral: 'bg-[light-dark(#f7e0d8,#4a2a20)] text-[light-dark(#8d3a1c,#f2b59d)]',
  green: 'bg-[light-dark(#e2ecd3,#2d3a1a)] text-[light-dark(#476018,#c1da92)]',
  pink: 'bg-[light-dark(#f8dfe8,#4a2133)] text-[light-dark(#8f2450,#f4a9c5)]',
  amber: 'bg-[light-dark(#f5e8c8,#40330f)] text-[light-dark(#70540a,#e8cd80)]',
  grey: 'bg-tile text-muted',
} as const

export type Tint = keyof typeof TINTS

/** Strong colours for the parts of a chart, as those of texts, told apart from each other and from the ground. */
export const MARKS = [
  'text-[light-dark(#6a2a6d,#e0a6de)]',
  'text-[light-dark(#1c7f9c,#6fc3dc)]',
  'text-[light-dark(#c2562f,#f0a184)]',
  'text-[light-dark(#5f8420,#b3d178)]',
  'text-[light-dark(#a87c06,#e8cd80)]',
] as const
