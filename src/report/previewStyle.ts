/** Style of a chart that stands alone in a picture, on light and dark: no theme reaches into it. */
export const previewChartStyle = `
svg { font: 12px system-ui, sans-serif; }
text { fill: #7a7f88; }
.grid { stroke: #9ca3af; stroke-opacity: .35; }
.hit { fill: none; }
.fill { fill: #2b6cb0; }
.band-medium .fill { fill: #b7791f; }
.band-few .fill { fill: #c53030; }
.band-rule { stroke: #9ca3af; }
.overlay { fill: none; stroke: #7a7f88; stroke-width: 2; stroke-dasharray: 2 3; }
`;
