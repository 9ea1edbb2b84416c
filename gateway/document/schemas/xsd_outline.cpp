#include <algorithm>
#include <map>
#include <set>
#include <xercesc/framework/psvi/XSAnnotation.hpp>
#include <xercesc/framework/psvi/XSAttributeDeclaration.hpp>
#include <xercesc/framework/psvi/XSAttributeUse.hpp>
#include <xercesc/framework/psvi/XSComplexTypeDefinition.hpp>
#include <xercesc/framework/psvi/XSElementDeclaration.hpp>
#include <xercesc/framework/psvi/XSModelGroup.hpp>
#include <xercesc/framework/psvi/XSNamedMap.hpp>
#include <xercesc/framework/psvi/XSParticle.hpp>
#include <xercesc/framework/psvi/XSSimpleTypeDefinition.hpp>

#include "gateway/document/schemas/outline.h"
#include "gateway/document/schemas/xerces.h"
#include "gateway/document/xml.h"

namespace gateway::document {
namespace {

using namespace xercesc;

constexpr std::size_t kMostWords = 2'000;

// The text of an annotation, which Xerces gives as it stands in the file.
std::string documentationOf(XSAnnotation* annotation) {
    if (annotation == nullptr) return {};
    const auto document = XmlDocument::parse(utf8Of(annotation->getAnnotationString()));
    if (!document) return {};
    std::string text;
    for (const Node& part : document->toTree().root.children) {
        if (part.name != "documentation") continue;
        for (const char c : part.value) {
            const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
            if (!blank)
                text.push_back(c);
            else if (!text.empty() && text.back() != ' ')
                text.push_back(' ');
        }
    }
    if (text.ends_with(' ')) text.pop_back();
    return text;
}

// The ancestor that the language itself has: what a text is, whatever facets were laid on it.
std::string builtInOf(XSSimpleTypeDefinition& type) {
    XSTypeDefinition* at = &type;
    while (at != nullptr && utf8Of(at->getNamespace()) != "http://www.w3.org/2001/XMLSchema") {
        if (at->getBaseType() == at) return {};
        at = at->getBaseType();
    }
    return at == nullptr ? std::string() : utf8Of(at->getName());
}

Kind kindOf(XSSimpleTypeDefinition& type) {
    XSSimpleTypeDefinition* primitive = type.getPrimitiveType();
    const std::string name = primitive == nullptr ? std::string() : utf8Of(primitive->getName());
    if (name == "decimal" || name == "float" || name == "double") return Kind::Number;
    return name == "boolean" ? Kind::Boolean : Kind::String;
}

std::vector<std::string> wordsOf(XSSimpleTypeDefinition& type) {
    std::vector<std::string> words;
    if (StringList* list = type.getLexicalEnumeration())
        for (XMLSize_t i = 0; i < list->size() && i < kMostWords; ++i)
            words.push_back(utf8Of(list->elementAt(i)));
    if (!words.empty() || type.getVariety() != XSSimpleTypeDefinition::VARIETY_UNION) return words;
    XSSimpleTypeDefinitionList* members = type.getMemberTypes();
    for (XMLSize_t i = 0; members != nullptr && i < members->size(); ++i) {
        const auto more = wordsOf(*members->elementAt(i));
        if (more.empty()) return {};  // one that takes any text
        words.insert(words.end(), more.begin(), more.end());
    }
    return words;
}

/// Makes an Outline of Xerces' components. Types are shared, so a type that holds itself ends.
class Maker {
  public:
    explicit Maker(XSModel& model) : model_(model) {
        types_.emplace_back();  // of what has nothing below it
        readGlobals();
    }

    std::shared_ptr<const Outline> make() {
        std::vector<Place> roots;
        for (XSElementDeclaration* element : globals_)
            if (!element->getAbstract()) roots.push_back(placeOf(*element));
        // Types that only xsi:type leads to come on the list while they are looked up.
        for (std::size_t next = 0; next < waiting_.size(); ++next) fill(*waiting_[next]);
        return std::make_shared<const Outline>(Form::Xml, std::move(roots), std::move(types_));
    }

  private:
    void readGlobals() {
        using Elements = XSNamedMap<XSObject>;
        Elements* elements = model_.getComponents(XSConstants::ELEMENT_DECLARATION);
        for (XMLSize_t i = 0; elements != nullptr && i < elements->getLength(); ++i) {
            auto* element = static_cast<XSElementDeclaration*>(elements->item(i));
            globals_.push_back(element);
            std::set<XSElementDeclaration*> seen;
            auto* head = element->getSubstitutionGroupAffiliation();
            for (; head != nullptr && seen.insert(head).second;
                 head = head->getSubstitutionGroupAffiliation())
                members_[head].push_back(element);
        }
        Elements* types = model_.getComponents(XSConstants::TYPE_DEFINITION);
        for (XMLSize_t i = 0; types != nullptr && i < types->getLength(); ++i) {
            auto* type = static_cast<XSTypeDefinition*>(types->item(i));
            if (type->getTypeCategory() != XSTypeDefinition::COMPLEX_TYPE) continue;
            std::set<XSTypeDefinition*> seen;
            XSTypeDefinition* ancestor = type->getBaseType();
            for (; ancestor != nullptr && ancestor != type && seen.insert(ancestor).second;
                 ancestor = ancestor->getBaseType())
                if (ancestor->getTypeCategory() == XSTypeDefinition::COMPLEX_TYPE &&
                    utf8Of(ancestor->getName()) != "anyType")
                    derived_[ancestor].push_back(static_cast<XSComplexTypeDefinition*>(type));
        }
    }

    std::uint32_t typeId(XSComplexTypeDefinition& type) {
        const auto [found, fresh] = ids_.emplace(&type, static_cast<std::uint32_t>(types_.size()));
        if (fresh) {
            types_.emplace_back();
            waiting_.push_back(&type);
        }
        return found->second;
    }

    static void setText(Place& place, XSSimpleTypeDefinition* type) {
        if (type == nullptr) return;
        place.kind = kindOf(*type);
        place.words = wordsOf(*type);
        place.builtIn = builtInOf(*type);
    }

    template <class Declaration>
    static void setValue(Place& place, Declaration& declaration) {
        if (declaration.getConstraintType() == XSConstants::VALUE_CONSTRAINT_NONE) return;
        auto& value = declaration.getConstraintType() == XSConstants::VALUE_CONSTRAINT_FIXED
                          ? place.fixedValue
                          : place.defaultValue;
        value = utf8Of(declaration.getConstraintValue());
    }

    // Elements below it, or attributes alone: no text of its own that a field could be.
    static bool isContainer(XSComplexTypeDefinition& type) {
        using Content = XSComplexTypeDefinition;
        if (type.getContentType() == Content::CONTENTTYPE_EMPTY) return true;
        return type.getParticle() != nullptr && hasElements(*type.getParticle());
    }
    static bool hasElements(XSParticle& particle) {
        if (particle.getTermType() == XSParticle::TERM_ELEMENT) return true;
        if (particle.getTermType() != XSParticle::TERM_MODELGROUP) return false;
        XSParticleList* parts = particle.getModelGroupTerm()->getParticles();
        for (XMLSize_t i = 0; parts != nullptr && i < parts->size(); ++i)
            if (hasElements(*parts->elementAt(i))) return true;
        return false;
    }

    Place placeOf(XSElementDeclaration& element) {
        Place place;
        place.name = utf8Of(element.getName());
        place.namespaceUri = utf8Of(element.getNamespace());
        place.nillable = element.getNillable();
        place.documentation = documentationOf(element.getAnnotation());
        setValue(place, element);
        XSTypeDefinition* type = element.getTypeDefinition();
        if (type == nullptr) return place;
        if (type->getTypeCategory() == XSTypeDefinition::SIMPLE_TYPE) {
            setText(place, static_cast<XSSimpleTypeDefinition*>(type));
            return place;
        }
        auto& complex = *static_cast<XSComplexTypeDefinition*>(type);
        place.type = typeId(complex);
        if (isContainer(complex))
            place.kind = Kind::Element;
        else
            setText(place, complex.getSimpleType());
        return place;
    }

    static Place placeOf(XSAttributeUse& use) {
        XSAttributeDeclaration& declaration = *use.getAttrDeclaration();
        Place place;
        place.name = utf8Of(declaration.getName());
        place.namespaceUri = utf8Of(declaration.getNamespace());
        place.attribute = true;
        place.required = use.getRequired();
        place.documentation = documentationOf(declaration.getAnnotation());
        setText(place, declaration.getTypeDefinition());
        setValue(place, declaration);
        setValue(place, use);
        return place;
    }

    void fill(XSComplexTypeDefinition& type) {
        const std::uint32_t id = ids_.at(&type);
        PlaceType filled;
        XSAttributeUseList* uses = type.getAttributeUses();
        for (XMLSize_t i = 0; uses != nullptr && i < uses->size(); ++i)
            filled.children.push_back(placeOf(*uses->elementAt(i)));
        if (type.getParticle() != nullptr)
            filled.model = readParticle(*type.getParticle(), true, false, filled);
        for (XSComplexTypeDefinition* other : derived_[&type])
            filled.derived.emplace_back(utf8Of(other->getName()), typeId(*other));
        types_[id] = std::move(filled);
    }

    // `required`, `repeats`: of all that the particle stands in.
    ContentModel readParticle(XSParticle& particle, bool required, bool repeats, PlaceType& into) {
        ContentModel model;
        model.least = particle.getMinOccurs();
        model.most =
            particle.getMaxOccursUnbounded() ? ContentModel::kUnbounded : particle.getMaxOccurs();
        required = required && model.least > 0;
        repeats = repeats || model.most > 1;
        switch (particle.getTermType()) {
            case XSParticle::TERM_ELEMENT:
                model.what = ContentModel::What::Element;
                readElement(*particle.getElementTerm(), required, repeats, model, into);
                break;
            case XSParticle::TERM_MODELGROUP:
                readGroup(*particle.getModelGroupTerm(), required, repeats, model, into);
                break;
            case XSParticle::TERM_WILDCARD:
                model.what = ContentModel::What::Any;
                into.open = true;
                break;
            case XSParticle::TERM_EMPTY: break;
        }
        return model;
    }

    void readGroup(XSModelGroup& group, bool required, bool repeats, ContentModel& model,
                   PlaceType& into) {
        const auto compositor = group.getCompositor();
        XSParticleList* parts = group.getParticles();
        const XMLSize_t count = parts == nullptr ? 0 : parts->size();
        if (compositor == XSModelGroup::COMPOSITOR_CHOICE) {
            model.what = ContentModel::What::Choice;
            required = required && count == 1;
        } else if (compositor == XSModelGroup::COMPOSITOR_ALL) {
            model.what = ContentModel::What::All;
        }
        for (XMLSize_t i = 0; i < count; ++i)
            model.parts.push_back(readParticle(*parts->elementAt(i), required, repeats, into));
    }

    void readElement(XSElementDeclaration& element, bool required, bool repeats,
                     ContentModel& model, PlaceType& into) {
        std::vector<XSElementDeclaration*> offered{&element};
        const bool open = !element.isDisallowedSubstitution(XSConstants::DERIVATION_SUBSTITUTION);
        if (const auto found = members_.find(&element); found != members_.end() && open)
            offered.insert(offered.end(), found->second.begin(), found->second.end());
        std::erase_if(offered, [](XSElementDeclaration* one) { return one->getAbstract(); });
        for (XSElementDeclaration* one : offered) {
            Place place = placeOf(*one);
            place.required = required && offered.size() == 1;
            place.repeats = repeats;
            model.names.emplace_back(place.namespaceUri, place.name);
            const auto same =
                std::find_if(into.children.begin(), into.children.end(), [&](const Place& other) {
                    return !other.attribute && other.name == place.name &&
                           other.namespaceUri == place.namespaceUri;
                });
            if (same == into.children.end()) {
                into.children.push_back(std::move(place));
                continue;
            }
            // A second time in one type: in another branch, or after something else.
            same->required = same->required || place.required;
            same->repeats = true;
        }
    }

    XSModel& model_;
    std::vector<XSElementDeclaration*> globals_;
    std::map<XSElementDeclaration*, std::vector<XSElementDeclaration*>> members_;
    std::map<XSTypeDefinition*, std::vector<XSComplexTypeDefinition*>> derived_;
    std::map<XSComplexTypeDefinition*, std::uint32_t> ids_;
    std::vector<XSComplexTypeDefinition*> waiting_;
    std::vector<PlaceType> types_;
};

}  // namespace

std::shared_ptr<const Outline> Outline::ofXsd(const std::filesystem::path& file) {
    std::shared_ptr<const Outline> outline;
    withSchemaModel(file, [&](xercesc::XSModel& model) { outline = Maker(model).make(); });
    return outline;
}

}  // namespace gateway::document
