/** Last names of the invented people. Whoever is born in this repository is one of them. */
export const syntheticLastNames: ReadonlySet<string> = new Set(
  `Abernathy Applegate Birdwhistle Blackwood Butterworth Clearwater Copperfield Crumpton Doolittle
  Drummond Everdale Fairweather Featherstone Goodfellow Greenhill Hollyfield Honeycutt Ironside
  Jellicoe Kettlewell Lightfoot Lovelace Merriweather Nightingale Oakhurst Pennyworth Pickering
  Quillfeather Ravenscroft Redfern Silverton Summerfield Thistlewood Thornberry Underhill
  Vandermeer Wetherby Wigglesworth Willowby Yarborough Carter Kim Hayes Brooks Stone Reed
  Walsh Foster Palmer Marsh Bennett Lane Lopez Price Ross Grant Cole Shaw`.split(/\s+/),
)
