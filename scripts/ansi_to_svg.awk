# Makes an SVG picture of what a program wrote to a terminal, in its colours: awk -v columns=80 -f ansi_to_svg.awk
# Knows the escapes for colour and weight that bulkhead writes, and drops all others. Every character has its column, so the
# picture has straight columns whatever monospaced font is there.

function escaped(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    return text
}

# One run of characters that look alike, from a column on.
function show(text, column,   style) {
    if (text ~ /^ *$/ && back == "") return
    if (back == "" && match(text, /^ +/)) { column += RLENGTH; text = substr(text, RLENGTH + 1) }
    if (back == "") sub(/ +$/, "", text)
    if (back != "")
        body = body sprintf("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n", left + column * wide,
            top + (NR - 1) * high - 13, length(text) * wide, high, back)
    style = (fore == "" ? "" : " fill=\"" fore "\"") (bold ? " font-weight=\"bold\"" : "") (faint ? " opacity=\"0.65\"" : "")
    body = body sprintf("<text x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\"%s>%s</text>\n", left + column * wide,
        top + (NR - 1) * high, length(text) * wide, style, escaped(text))
}

function look(codes,   parts, count, i, code) {
    count = split(codes == "" ? "0" : codes, parts, ";")
    for (i = 1; i <= count; ++i) {
        code = parts[i] + 0
        if (code == 0) { fore = ""; back = ""; bold = 0; faint = 0 }
        else if (code == 1) bold = 1
        else if (code == 2) faint = 1
        else if (code >= 30 && code <= 37) fore = colour[code - 30]
        else if (code >= 40 && code <= 47) back = colour[code - 40]
    }
}

BEGIN {
    wide = 8.4; high = 18; left = 16; top = 30
    split("#7f8794 #ff7b72 #7ee787 #e3b341 #79c0ff #d2a8ff #56d4dd #f0f6fc", palette, " ")
    for (i = 1; i <= 8; ++i) colour[i - 1] = palette[i]
}

{
    sub(/\r$/, "")
    line = $0
    column = 0
    while (match(line, /\033\[[0-9;?]*[A-Za-z]/)) {
        text = substr(line, 1, RSTART - 1)
        escape = substr(line, RSTART, RLENGTH)
        line = substr(line, RSTART + RLENGTH)
        if (text != "") { show(text, column); column += length(text) }
        if (escape ~ /m$/) look(substr(escape, 3, length(escape) - 3))
    }
    if (line != "") show(line, column)
}

END {
    width = int(left * 2 + columns * wide)
    height = top + (NR - 1) * high + 20
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n", width, height, width, height
    printf "<title>%s</title>\n", escaped(title)
    printf "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#0d1117\"/>\n", width, height
    printf "<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" fill=\"#e6edf3\" xml:space=\"preserve\">\n"
    printf "%s</g>\n</svg>\n", body
}
