// A candidate's picture for the gallery, as the server would make it: WebP, under the hash of its bytes.
import { createHash } from 'node:crypto';

const base64 =
  'UklGRvICAABXRUJQVlA4WAoAAAAQAAAAXwAARwAAQUxQSGEBAAABgGNt2zHnrcaqFCxlJkZtLMLOLmw7rW0b/Swh6kYnbxX8z/NXOSkiYgLkz6' +
  'yzuHPqMvoaj79GLyc7ipwmE2o8TegPEycNQfPIWUvpr6ZWs80h/0wNPM3lC02rwSuZZFUfavh7OZNtUCH7rDSubQU98JL4HxT23k/huVPgZx+B' +
  '7UCh96x4QwreC1eh8DVg6R947yGsJSWcg8pXymykU45zoBwljeCssazABJIsyQBKs9LWoZzyHIE44zxxJ0aREhcYo6b6P8PXRUz5AumI88QdGH' +
  'LCcyigjTy1KIEkSzKAIqssywKbzRLGkROOQwHOpfiMIMkCw7RAh97x3oJYUo5XKuj9aF0Cb93D2rHgifsO6ckrjP57nFu/cLq2UPY8wmrtxei2' +
  'CHH5u3FvJcIdnP40aCVD6LOPjTiKiClGVpK/k1wOi2n6645iP4kd1vrFXB0F7ePn0Zd4/CV6Pt5e4JA/swBWUDggagEAANAKAJ0BKmAASAA+rU' +
  'ieSaYkoyEwGZzIwBWJQBlOwryDtgNsBz6dlBYAB/IAu5JmHV7/Gv45NfraZy3LbBmbX6yR4lTfLgMXhDbtOybJo9e7bi/JX7bI1iDYZUkIF39o' +
  'AP7614Z1+zRTluiu+QjVFfpQYokLUhdN+vOmn3B60a69/L+P7mUfOmRJwCsCJPC//B7/xB+Cf/+O9ocOD/5Ta6UGMTBjp+3BtoG0SnjHsuVuYZ' +
  'OIbyW0p6SbypnDb3eFrwIYOXugLCu4sVIkQIcQf4ShAmSUj/QZPJJqNqDeZej0NivQMekI//pzgADRIBRlahvc+PL0nLI4UCNTQoi4gzomAH2e' +
  'ek6BAXfReoB8jAiPMrANV9G6WgAIN4GMp5lpxUD/vqAIlnjy0dJtOQYCcJDT0vknOd3245EZavnlUK0Abnz/+IDQTEDVf7jgMA8C/UqOLYeZR1' +
  'yVmP3SADXPXJhT+gBKVR/ZsAAA';

export const picture = Buffer.from(base64, 'base64');
export const pictureHash = createHash('sha256').update(picture).digest('hex');
