#include "harness/store/located_json.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

namespace bulkhead::store {
namespace {

using Kind = LocatedJson::Kind;

/// Walks over the text and counts what it has read, which is all that the parser tells of where it is.
class Counting {
public:
    // NOLINTBEGIN(readability-identifier-naming): std::iterator_traits asks for these names
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;
    // NOLINTEND(readability-identifier-naming)

    Counting(const char* at, std::size_t* read) : at_(at), read_(read) {}
    reference operator*() const { return *at_; }
    Counting& operator++()
    {
        ++at_;
        ++*read_;
        return *this;
    }
    bool operator==(const Counting& other) const { return at_ == other.at_; }
    bool operator!=(const Counting& other) const { return at_ != other.at_; }

private:
    const char* at_;
    std::size_t* read_;
};

/// Makes the tree of what the parser reports; the names are the parser's.
class Builder : public nlohmann::json_sax<nlohmann::json> {
public:
    Builder(std::string_view text, std::size_t deepest) : text_(text), deepest_(deepest) {}

    std::size_t read = 0; ///< by the parser, so far

    bool null() override { return add(Kind::null); }
    bool boolean(bool value) override { return add(Kind::boolean, value ? 1 : 0); }
    bool number_integer(number_integer_t value) override { return add(Kind::number, static_cast<double>(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add(Kind::number, static_cast<double>(value)); }
    bool number_float(number_float_t value, const string_t&) override { return add(Kind::number, value); }
    bool string(string_t& value) override { return add(Kind::text, 0, std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Kind::object); }
    bool start_array(std::size_t) override { return open(Kind::list); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override
    {
        LocatedJson& object = *open_.back();
        if (std::ranges::find(object.keys, name) != object.keys.end()) {
            throw JsonMistake(start_of_token(), "the key \"" + name + "\" is there twice");
        }
        object.keys.push_back(std::move(name));
        last_ = read;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) override
    {
        // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error ...", or, of a number that is
        // too large, "[json.exception.out_of_range.406] number overflow ...".
        const std::string what = error.what();
        const std::size_t syntax = what.find("syntax error");
        const std::size_t start = syntax != std::string::npos ? syntax : what.find(' ') + 1;
        throw JsonMistake(position > 0 ? position - 1 : 0, what.substr(start));
    }

    LocatedJson take() { return std::move(root_.items.front()); }

private:
    /// Where the token begins that ends where the parser has read to: after what ended the last one.
    std::size_t start_of_token() const { return std::min(text_.find_first_not_of(" \t\r\n,:", last_), text_.size()); }

    LocatedJson& place(Kind kind)
    {
        LocatedJson& made = open_.back()->items.emplace_back();
        made.kind = kind;
        made.offset = start_of_token();
        // The parser reads one byte beyond a number, which is a separator or ends what is open.
        last_ = read;
        return made;
    }

    bool add(Kind kind, double number = 0, std::string text = {})
    {
        LocatedJson& made = place(kind);
        made.number = number;
        made.text = std::move(text);
        return true;
    }

    bool open(Kind kind)
    {
        if (open_.size() > deepest_) {
            throw JsonMistake(start_of_token(), "values are nested too deep here");
        }
        // The parent gets no further item until this one is closed: the pointer stays good.
        open_.push_back(&place(kind));
        return true;
    }

    bool close()
    {
        open_.pop_back();
        last_ = read;
        return true;
    }

    std::string_view text_;
    std::size_t deepest_;
    std::size_t last_ = 0;
    LocatedJson root_;
    std::vector<LocatedJson*> open_{&root_};
};

} // namespace

const LocatedJson* LocatedJson::find(std::string_view key) const
{
    const auto found = std::ranges::find(keys, key);
    return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
}

std::string_view to_string(LocatedJson::Kind kind)
{
    switch (kind) {
    case Kind::null: return "null";
    case Kind::boolean: return "true or false";
    case Kind::number: return "a number";
    case Kind::text: return "a text";
    case Kind::list: return "a list";
    case Kind::object: return "an object";
    }
    return "?";
}

LocatedJson read_json(std::string_view text, std::size_t deepest)
{
    Builder builder(text, deepest);
    const Counting begin(text.data(), &builder.read);
    const Counting end(text.data() + text.size(), &builder.read);
    if (!nlohmann::json::sax_parse(begin, end, &builder)) {
        throw JsonMistake(builder.read, "it is no JSON"); // not reached: every mistake throws
    }
    return builder.take();
}

TextPlace place_in(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const std::size_t start = before.find_last_of('\n') + 1; // npos + 1 is 0
    TextPlace place;
    place.line = static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1);
    place.column = static_cast<std::uint32_t>(before.size() - start + 1);
    place.source = text.substr(start, text.find('\n', start) - start);
    return place;
}

} // namespace bulkhead::store
